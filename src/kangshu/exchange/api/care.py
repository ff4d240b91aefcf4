"""Encounters from a hospital's system."""

from __future__ import annotations

from ninja import Router

router = Router()
