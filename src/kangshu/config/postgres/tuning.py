"""The server's settings: sized by the machine's memory, durable unless it is a test."""

from __future__ import annotations

import os
from pathlib import Path

MEGABYTE = 1024 * 1024


def configuration(socket_folder: Path, port: int, *, durable: bool) -> str:
    """The text of `kangshu.conf`, for a machine of two cores or more that also runs the web processes."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    values = {
        "listen_addresses": "''",
        "port": port,
        "unix_socket_directories": f"'{socket_folder}'",
        "unix_socket_permissions": "0700",
        "password_encryption": "'scram-sha-256'",
        "max_connections": 100,
        "shared_buffers": f"{_between(64, memory // 8, 1024)}MB",
        "effective_cache_size": f"{_between(256, memory // 2, 16_384)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{_between(64, memory // 32, 512)}MB",
        "max_wal_size": "4GB",
        "min_wal_size": "256MB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "random_page_cost": 1.1,
        # Compiling a plan costs more than any of our short queries.
        "jit": "off",
        "timezone": "'Asia/Shanghai'",
        "log_timezone": "'Asia/Shanghai'",
        "log_min_messages": "warning",
        # A log names no person: neither the statement that failed nor the values of the row.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_line_prefix": "'%m [%p] %u@%d '",
    }
    if not durable:
        values |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "shared_buffers": "64MB",
            "max_wal_size": "1GB",
            "min_wal_size": "80MB",
            "autovacuum": "off",
            "max_connections": 60,
        }
    return "".join(f"{name} = {value}\n" for name, value in values.items())


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))
