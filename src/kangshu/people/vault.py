"""Identity numbers at rest: encrypted, found through a keyed index, shown masked.

A number is stored as `key id | nonce | AES-256-GCM ciphertext`, so keys can be rotated: new numbers take the
current key, old ones name theirs. Equality is found by HMAC-SHA256 under a second key, which is not rotated
without re-indexing. Keys come from the environment (`KANGSHU_IDENTITY_KEYS`, first one current, the one
called `index` for the index: `2026:BASE64,index:BASE64`) or from files in `KANGSHU_HOME/keys`, made at first
use and readable by the owner only. Whoever loses the keys loses the numbers: back them up apart from the
database.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
_INDEX = "index"


class VaultError(RuntimeError):
    """A key is missing or a stored number does not belong to it; never shown with the number."""


@dataclass(frozen=True)
class Sealed:
    """What is stored of a number: ciphertext, keyed index, and the last four characters in clear."""

    number_encrypted: bytes
    number_index: bytes
    last4: str


@dataclass(frozen=True)
class Keys:
    """Encryption keys by id, which one is current, and the key of the index."""

    current: str
    by_id: Mapping[str, bytes]
    index: bytes

    def __post_init__(self) -> None:
        if self.current not in self.by_id:
            raise VaultError(f"the current identity key {self.current!r} is missing")
        for name, key in {**self.by_id, _INDEX: self.index}.items():
            if len(key) != KEY_BYTES:
                raise VaultError(f"identity key {name!r} must have {KEY_BYTES} bytes")
            if len(name.encode()) > 255:
                raise VaultError("an identity key's id must be short")


class Vault:
    """Seals and opens identity numbers with a set of keys."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._ciphers = {name: AESGCM(key) for name, key in keys.by_id.items()}

    def seal(self, number: str) -> Sealed:
        """Encrypt a number (normalised: no spaces, upper case)."""
        number = normal_number(number)
        name = self._keys.current.encode()
        nonce = os.urandom(NONCE_BYTES)
        secret = self._ciphers[self._keys.current].encrypt(nonce, number.encode(), name)
        return Sealed(bytes([len(name)]) + name + nonce + secret, self.index(number), number[-4:])

    def index(self, number: str) -> bytes:
        """The keyed index by which an equal number is found; 32 bytes, useless without the key."""
        return hmac.digest(self._keys.index, normal_number(number).encode(), "sha256")

    def open(self, sealed: bytes) -> str:
        """The number again. Raises VaultError if its key is gone or the bytes were altered."""
        length = sealed[0]
        name = sealed[1 : 1 + length]
        cipher = self._ciphers.get(name.decode(errors="replace"))
        if cipher is None:
            raise VaultError("the key this number was sealed with is not here")
        nonce = sealed[1 + length : 1 + length + NONCE_BYTES]
        try:
            return cipher.decrypt(nonce, sealed[1 + length + NONCE_BYTES :], name).decode()
        except InvalidTag as error:
            raise VaultError("the stored number was altered or sealed with another key") from error


def normal_number(number: str) -> str:
    """One spelling for one number: no spaces or hyphens, upper case, half-width."""
    half_width = number.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    return re.sub(r"[\s\-]", "", half_width).upper()


def mask_number(last4: str, length: int = 18) -> str:
    """`**************1234`: enough to compare with a card in the hand, not enough to misuse."""
    return "*" * max(length - len(last4), 0) + last4


def mask_phone(phone: str) -> str:
    """`138****5678`; short numbers keep their last two digits."""
    if len(phone) >= 11:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:]


def keys_from_text(text: str) -> Keys:
    """Read `id:base64,id:base64,index:base64`; the first id is current. Raises VaultError."""
    pairs: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, colon, value = part.partition(":")
        if not colon:
            raise VaultError("KANGSHU_IDENTITY_KEYS is written as id:base64,…,index:base64")
        try:
            pairs[name] = base64.b64decode(value, validate=True)
        except ValueError as error:
            raise VaultError(f"identity key {name!r} is not base64") from error
    index = pairs.pop(_INDEX, None)
    if index is None or not pairs:
        raise VaultError("KANGSHU_IDENTITY_KEYS needs at least one key and the key called 'index'")
    return Keys(next(iter(pairs)), pairs, index)


def keys_from_folder(folder: Path) -> Keys:
    """Read `identity-<id>.key` and `identity-index.key`; make the first ones if there are none.

    The current key is the last by name, so `identity-2027.key` put beside `identity-2026.key` rotates.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    index = folder / "identity-index.key"
    if not index.exists():
        _write_key(index)
    keys = {path.stem.removeprefix("identity-"): path.read_bytes() for path in folder.glob("identity-*.key")}
    index_key = keys.pop(_INDEX)
    if not keys:
        first = folder / "identity-1.key"
        _write_key(first)
        keys["1"] = first.read_bytes()
    return Keys(max(keys), keys, index_key)


def _write_key(path: Path) -> None:
    """Make a key file. Two processes starting at once agree: the first to link its file wins."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@lru_cache(maxsize=1)
def vault() -> Vault:
    """The vault of this installation, from the environment or from `KANGSHU_HOME/keys`."""
    from django.conf import settings

    text = os.environ.get("KANGSHU_IDENTITY_KEYS", "")
    return Vault(keys_from_text(text) if text else keys_from_folder(Path(settings.KANGSHU_KEYS)))
