"""Whether records look as if what they tell had happened: signs, sample, phone check. It accuses nobody."""
