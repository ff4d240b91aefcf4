"""Pulmonary tuberculosis."""
