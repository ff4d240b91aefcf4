"""Service packages of a year, appraisals of institutions with their money, and projects a county promised."""
