"""Health education: what institutions do for groups of people, beside the advice of every visit."""
