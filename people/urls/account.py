"""Addresses of the own account: password, second factors, sessions."""

from django.urls import path

from people.views import account, factors

urlpatterns = [
    path("account/", account.show, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/language/", account.choose_language, name="language"),
    path("account/mail/", account.digest, name="digest"),
    path("account/keys/", account.choose_keys, name="letter-keys"),
    path("account/sessions/end-others/", account.end_others, name="end-other-sessions"),
    path("account/sessions/<slug:session>/end/", account.end_session, name="end-session"),
    path("account/authenticator/", factors.authenticator, name="authenticator"),
    path("account/recovery-codes/", factors.recovery_codes, name="recovery-codes"),
    path("account/passkeys/add/", factors.add_passkey, name="add-passkey"),
    path("account/passkeys/make/", factors.make_passkey, name="make-passkey"),
    path("account/passkeys/<int:number>/", factors.passkey, name="passkey"),
    path("passkey/", factors.use_passkey, name="use-passkey"),
]
