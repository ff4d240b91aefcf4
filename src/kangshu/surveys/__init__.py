"""Baseline and epidemiological surveys: who is asked, and what the answers say of everybody.

`sampling` and `estimating` are the arithmetic; `designing` and `interviewing` write; `results` and `quality`
read what was answered.
"""
