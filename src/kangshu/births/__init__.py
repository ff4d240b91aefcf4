"""What follows from a birth: the delivery record registers the newborn, or links whoever is registered."""
