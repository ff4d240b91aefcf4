"""Baseline and epidemiological surveys: who is asked, and what the answers say of everybody.

So far the arithmetic only: samples are drawn and results are weighted by plain functions; no screen, and
nothing stored.
"""
