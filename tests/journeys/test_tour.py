"""A first look."""

import pytest


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_tour(visitor, world, screen):
    someone = visitor(screen)
    someone.open("/access/sign-in/")
    someone.picture("sign-in")
    someone.check_accessible()
    someone.sign_in("township_worker_a")
    someone.picture("desk")
    someone.check_accessible()
    for name, path in (
        ("imports", "/exchange/imports"),
        ("account", "/access/account/"),
        ("missing", "/nowhere"),
    ):
        someone.open(path)
        someone.picture(name)
        someone.check_accessible()
