"""Addresses of signing in, one's own account, administration and emergency access."""

from __future__ import annotations

from django.urls import path

from kangshu.access.pages import accounts, emergency, own, resident, sign_in

app_name = "access"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("second-factor/", sign_in.second_factor, name="second_factor"),
    path("resident/", resident.ask_code, name="resident_sign_in"),
    path("resident/code/", resident.enter_code, name="resident_code"),
    path("account/", own.account, name="account"),
    path("account/institution/", own.act_for, name="act_for"),
    path("account/password/", own.change_password, name="change_password"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new_account"),
    path("accounts/<uuid:account_id>/", accounts.account_detail, name="account_detail"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/review/", emergency.review, name="emergency_review"),
]
