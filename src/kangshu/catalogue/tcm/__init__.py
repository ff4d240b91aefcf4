"""Services of traditional Chinese medicine in public health."""
