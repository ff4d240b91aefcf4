"""Identity numbers at rest."""

from __future__ import annotations

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.people.vault import (
    Keys,
    Vault,
    VaultError,
    keys_from_folder,
    keys_from_text,
    mask_number,
    mask_phone,
    normal_number,
)

OLD = Keys("2026", {"2026": b"a" * 32}, b"i" * 32)
NEW = Keys("2027", {"2026": b"a" * 32, "2027": b"b" * 32}, b"i" * 32)


@given(st.text("0123456789X", min_size=1, max_size=20))
def test_what_is_sealed_opens_again_and_is_never_twice_the_same(number):
    vault = Vault(OLD)
    first, second = vault.seal(number), vault.seal(number)
    assert vault.open(first.number_encrypted) == number
    assert first.number_encrypted != second.number_encrypted
    assert first.number_index == second.number_index


def test_after_rotation_old_numbers_open_and_are_found():
    sealed = Vault(OLD).seal("11010519491231002X")
    assert Vault(NEW).open(sealed.number_encrypted) == "11010519491231002X"
    assert Vault(NEW).index("11010519491231002x") == sealed.number_index
    assert b"2027" in Vault(NEW).seal("1").number_encrypted


def test_without_its_key_a_number_stays_closed():
    sealed = Vault(NEW).seal("11010519491231002X")
    with pytest.raises(VaultError):
        Vault(OLD).open(sealed.number_encrypted)


def test_an_altered_number_is_noticed():
    sealed = bytearray(Vault(OLD).seal("11010519491231002X").number_encrypted)
    sealed[-1] ^= 1
    with pytest.raises(VaultError):
        Vault(OLD).open(bytes(sealed))


def test_the_error_does_not_tell_the_number():
    sealed = Vault(NEW).seal("11010519491231002X")
    with pytest.raises(VaultError) as refused:
        Vault(OLD).open(sealed.number_encrypted)
    assert "1101" not in str(refused.value)


def test_keys_are_made_once_and_kept_private(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: keys_from_folder(tmp_path / "keys"), range(8)))
    assert len({(keys.index, keys.by_id[keys.current]) for keys in made}) == 1
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_a_newer_key_file_becomes_the_current_one(tmp_path):
    keys_from_folder(tmp_path)
    (tmp_path / "identity-2027.key").write_bytes(b"n" * 32)
    assert keys_from_folder(tmp_path).current == "2027"


@pytest.mark.parametrize(
    "text", ["", "1:###", "1", f"1:{base64.b64encode(b'a' * 32).decode()}", "1:YQ==,index:YQ=="]
)
def test_broken_keys_are_refused(text):
    with pytest.raises(VaultError):
        keys_from_text(text)


def test_masks():
    assert mask_number("002X") == "**************002X"
    assert mask_phone("13800138000") == "138****8000"
    assert mask_phone("88123") == "***23"
    assert mask_phone("") == ""
    assert normal_number(" １１０105-1949 123100 2x") == "11010519491231002X"
