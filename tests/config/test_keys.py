"""Secrets are made once, kept private, and may come from the environment."""

from __future__ import annotations

import stat

from kangshu.config.keys import read_or_create


def test_a_key_is_made_once_and_is_private(tmp_path):
    first = read_or_create(tmp_path / "keys", "seal")
    assert read_or_create(tmp_path / "keys", "seal") == first
    assert len(first) >= 43
    assert stat.S_IMODE((tmp_path / "keys" / "seal").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_environment_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("KANGSHU_KEY_SEAL", "from the vault")
    assert read_or_create(tmp_path / "keys", "seal") == "from the vault"
    assert not (tmp_path / "keys").exists()
