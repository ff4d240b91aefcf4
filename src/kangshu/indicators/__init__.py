"""Snapshots and the engines that compute indicators on them."""
