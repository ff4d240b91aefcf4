"""Finding people who are registered twice: the model, the pairs it finds, and how well it finds them."""
