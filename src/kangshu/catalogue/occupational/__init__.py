"""Occupational health 职业卫生: employers, hazards, examinations of workers."""
