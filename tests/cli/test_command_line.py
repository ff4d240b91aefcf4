"""What a person or a program sees of the command line itself."""

from __future__ import annotations

import json

import pytest

from kangshu.cli.discovery import command_line
from kangshu.cli.run import BAD_INPUT, run
from kangshu.kernel.commands import Need, needs
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text


@pytest.fixture
def one_command(monkeypatch):
    """A command line whose only other command does what the test says."""
    root = command_line()

    def install(action):
        @root.command(name="act")
        def act(json: bool = False) -> None:
            action()

        monkeypatch.setattr("kangshu.cli.run.command_line", lambda: root)

    return install


def test_a_wrong_option_is_bad_input(capsys):
    assert run(["status", "--colour", "--json"]) == BAD_INPUT
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "usage"
    assert "--colour" in error["message"]


def test_without_json_nothing_but_the_answer_goes_to_standard_output(capsys):
    assert run(["status", "--colour"]) == BAD_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert "--colour" in said.err


def test_a_refusal_is_bad_input_with_all_its_problems(one_command, capsys):
    def refuse():
        raise BadInput([Problem("sbp", "range", Text("收缩压过低", "Systolic is too low"), 20)])

    one_command(refuse)
    assert run(["act", "--json"]) == BAD_INPUT
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["where"], error["message"], error["message_zh"]) == (
        "sbp",
        "Systolic is too low",
        "收缩压过低",
    )
    assert error["problems"][0]["value"] == 20


def test_a_fault_of_ours_is_not_hidden(one_command):
    def fail():
        raise ZeroDivisionError

    one_command(fail)
    with pytest.raises(ZeroDivisionError):
        run(["act"])


def test_status_says_where_everything_is(capsys):
    assert run(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["database"] == "embedded"


def test_needs_are_kept_on_the_command():
    @needs(Need.DATABASE)
    def compute() -> None: ...

    assert compute.__kangshu_needs__ is Need.DATABASE
