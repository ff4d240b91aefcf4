"""Our own PostgreSQL: the binaries of a wheel, a private cluster, two roles.

`binaries` finds the programs, `account` decides as whom they run, `cluster` starts and stops a server,
`databases` makes roles and databases in it. Any other PostgreSQL is used by `KANGSHU_DATABASE_URL` instead,
and then nothing in here runs.
"""
