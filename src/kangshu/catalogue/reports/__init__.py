"""Statistical reports: what institutions count about themselves and send to the bureau."""
