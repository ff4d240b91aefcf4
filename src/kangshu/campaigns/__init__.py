"""Projects that a county composes for itself: whom, what, when, how many; the work runs them."""
