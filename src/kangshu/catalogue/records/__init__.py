"""The health record of residents and the forms that several programmes share."""
