"""Accounts, roles and scope: who may see whom, kept by the database."""
