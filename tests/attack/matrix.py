"""Who may go where on the desk, written by hand. Change it only together with a decision.

in: sent to the sign-in. un: sent to the unlocking. go: done, and sent on to another page. Numbers: the answer's status.
nobody: not signed in. locked: Ben, locked. own: Ben, on the case. beside: Chloe, same team, not on the case. far: Nora,
a caseworker of another team. lead: Dana. lawyer: Lena, whose dossier it is. stranger: Tomas, another lawyer.
"""

COLUMNS = [
    "nobody", "locked", "own", "beside", "far", "lead", "lawyer", "stranger", "translator", "clinician", "analyst",
    "protection", "editor", "admin",
]  # fmt: skip

# Not on the desk: for everybody, without a name.
PUBLIC = {
    "intake:about", "intake:about-page", "intake:where",
    "intake:languages", "intake:exit", "intake:start", "intake:leaving", "intake:safe", "intake:kept", "intake:tor",
    "intake:person", "intake:pause", "intake:help", "intake:way", "intake:erased", "intake:close", "intake:closed",
    "intake:first", "intake:turn",
    "intake:number", "intake:sent", "intake:parts", "intake:files", "intake:section", "intake:step", "intake:check",
    "intake:thanks", "intake:back", "intake:page", "intake:letter", "intake:opened",
    "intake:cards", "intake:parted", "intake:remove", "intake:advice",
    "intake:word", "intake:own", "intake:lawyer", "intake:own-part",
    "intake:permissions", "intake:permissions-history", "intake:after", "intake:extend",
    "intake:erase", "intake:end", "intake:ended",
}  # fmt: skip

#                                nobody own far lawyer transl. analyst editor
#                                   locked beside lead stranger clinic. prot. admin
ROWS = """
people:sign-in             GET  200  go  go  go  go  go  go  go  go  go  go  go  go  go
people:sign-in             POST 200  go  go  go  go  go  go  go  go  go  go  go  go  go
people:code                GET   in  go  go  go  go  go  go  go  go  go  go  go  go  go
people:code                POST  in  go  go  go  go  go  go  go  go  go  go  go  go  go
people:lock                GET  405 405 405 405 405 405 405 405 405 405 405 405 405 405
people:lock                POST  un  un  un  un  un  un  un  un  un  un  un  un  un  un
people:unlock              GET   in 200  go  go  go  go  go  go  go  go  go  go  go  go
people:unlock              POST  in 200  go  go  go  go  go  go  go  go  go  go  go  go
people:sign-out            GET  405 405 405 405 405 405 405 405 405 405 405 405 405 405
people:sign-out            POST  in  in  in  in  in  in  in  in  in  in  in  in  in  in
people:account             GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:account             POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
people:password            GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:password            POST  in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:language            GET   in  un 405 405 405 405 405 405 405 405 405 405 405 405
people:language            POST  in  un  go  go  go  go  go  go  go  go  go  go  go  go
people:end-other-sessions  GET   in  un 405 405 405 405 405 405 405 405 405 405 405 405
people:end-other-sessions  POST  in  un  go  go  go  go  go  go  go  go  go  go  go  go
people:end-session         GET   in  un 405 405 405 405 405 405 405 405 405 405 405 405
people:end-session         POST  in  un  go  go  go  go  go  go  go  go  go  go  go  go
people:authenticator       GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:authenticator       POST  in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:recovery-codes      GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:recovery-codes      POST  in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:add-passkey         GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:add-passkey         POST  in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:make-passkey        GET   in  un  go  go  go  go  go  go  go  go  go  go  go  go
people:make-passkey        POST  in  un  go  go  go  go  go  go  go  go  go  go  go  go
people:passkey             GET   in  un 404 404 404 404 404 404 404 404 404 404 404 404
people:passkey             POST  in  un 404 404 404 404 404 404 404 404 404 404 404 404
people:use-passkey         GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:use-passkey         POST  in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:people              GET   in  un 200 200 200 200 403 403 403 403 403 200 403 200
people:people              POST  in  un 405 405 405 405 403 403 403 403 403 405 403 405
people:invite              GET   in  un 403 403 403 200 403 403 403 403 403 403 403 200
people:invite              POST  in  un 403 403 403 200 403 403 403 403 403 403 403 200
people:admit               GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:admit               POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:withdraw            GET   in  un 403 403 403 405 403 403 403 403 403 403 403 405
people:withdraw            POST  in  un 403 403 403  go 403 403 403 403 403 403 403  go
people:person              GET   in  un 200 200 200 200 403 403 403 403 403 200 403 200
people:person              POST  in  un 405 405 405 405 403 403 403 403 403 405 403 405
people:suspend             GET   in  un 403 403 403 200 403 403 403 403 403 403 403 200
people:suspend             POST  in  un 403 403 403 200 403 403 403 403 403 403 403 200
people:reinstate           GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:reinstate           POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:new-keys            GET   in  un 403 200 403 200 403 403 403 403 403 403 403 403
people:new-keys            POST  in  un 403 200 403 200 403 403 403 403 403 403 403 403
people:name-intake         GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:name-intake         POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:end-intake          GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:end-intake          POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:deputy              GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:deputy              POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:end-deputy          GET   in  un 403 403 403 409 403 403 403 403 403 403 403 403
people:end-deputy          POST  in  un 403 403 403 409 403 403 403 403 403 403 403 403
people:join                GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404
people:join                POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404
people:joined              GET   in  in  in  in  in  in  in  in  in  in  in  in  in  in
people:joined              POST 405 405 405 405 405 405 405 405 405 405 405 405 405 405
people:keys                GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:keys                POST  in  un 403 403 403 405 403 403 403 403 403 403 403 403
people:keys-continue       GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
people:keys-continue       POST  in  un 403 403 403  go 403 403 403 403 403 403 403 403
people:keys-intake         GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
people:keys-intake         POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:first-run           GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404
people:first-run           POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404
people:recovery            GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:recovery            POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:recovery-share      GET   in  un 200 404 404 200 404 404 404 404 404 404 404 404
people:recovery-share      POST  in  un 200 404 404 200 404 404 404 404 404 404 404 404
people:rehearsal           GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:rehearsal           POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:recovery-use        GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200
people:recovery-use        POST 200 200 200 200 200 200 200 200 200 200 200 200 200 200
people:news                GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
people:news                POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
people:news-seen           GET   in  un 405 405 405 405 405 405 405 405 405 405 405 405
people:news-seen           POST  in  un  go  go  go  go  go  go  go  go  go  go  go  go
people:alarms              GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
people:alarms              POST  in  un 403 403 403 405 403 403 403 403 403 403 403 403
people:alarm-reviewed      GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
people:alarm-reviewed      POST  in  un 403 403 403  go 403 403 403 403 403 403 403 403
people:trail               GET   in  un 403 200 403 200 403 403 403 403 403 200 403 403
people:trail               POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
cases:queue                GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:queue                POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:case                 GET   in  un 200 200 404 200 403 403 403 403 403 403 403 403
cases:case                 POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:take                 GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:take                 POST  in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:assign               GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
cases:assign               POST  in  un 403 403 403  go 403 403 403 403 403 403 403 403
cases:accept               GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:accept               POST  in  un  go 403 404 409 403 403 403 403 403 403 403 403
cases:decline              GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:decline              POST  in  un 409 403 404 409 403 403 403 403 403 403 403 403
cases:unassign             GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:unassign             POST  in  un  go 403 404 200 403 403 403 403 403 403 403 403
cases:account              GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:account              POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:open-account         GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:open-account         POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:unfold               GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:unfold               POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:exhibit              GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:exhibit              POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:letters              GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:letters              POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:facts                GET   in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:facts                POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:routes               GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:routes               POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:route                GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:route                POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:what-if              GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:what-if              POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:ask-dossier          GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:ask-dossier          POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:progress             GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:progress             POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:again                GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:again                POST  in  un 409 403 404 409 403 403 403 403 403 403 403 403
cases:remove-person        GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
cases:remove-person        POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
cases:approvals            GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:approvals            POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:approval             GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:approval             POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:moved                GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:moved                POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:moved-seen           GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:moved-seen           POST  in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:dossiers             GET   in  un 403 403 403 403 200 200 403 403 403 403 403 403
cases:dossiers             POST  in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:dossier              GET   in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:dossier              POST  in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:package              GET   in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:package              POST  in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:acknowledge          GET   in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:acknowledge          POST  in  un 403 403 403 403  go 404 403 403 403 403 403 403
cases:trouble              GET   in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:trouble              POST  in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:sealed               GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:sealed               POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:open-sealed          GET   in  un 405 405 405 403 403 403 403 403 403 403 403 403
cases:open-sealed          POST  in  un 200 403 404 403 403 403 403 403 403 403 403 403
cases:sealed-reading       GET   in  un  go 403 404 403 403 403 403 403 403 403 403 403
cases:sealed-reading       POST  in  un 405 405 405 403 403 403 403 403 403 403 403 403
cases:sealed-release       GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:sealed-release       POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:hold                 GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:hold                 POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:place-hold           GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:place-hold           POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:hold-note            GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:hold-note            POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:break-glass          GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
cases:break-glass          POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
cases:holds                GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
cases:holds                POST  in  un 403 403 403 405 403 403 403 403 403 403 403 403
cases:hold-release         GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:hold-release         POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:search               GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:search               POST  in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:audit                GET   in  un 403 403 403 200 403 403 403 403 403 200 403 403
cases:audit                POST  in  un 403 403 403 405 403 403 403 403 403 405 403 403
cases:export-head          GET   in  un 403 403 403 405 403 403 403 403 403 405 403 403
cases:export-head          POST  in  un 403 403 403 200 403 403 403 403 403 200 403 403
cases:trail                GET   in  un 200 403 404 200 403 403 403 403 403 200 403 403
cases:trail                POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
cases:retention            GET   in  un 403 403 403 200 403 403 403 403 403 200 403 403
cases:retention            POST  in  un 403 403 403 405 403 403 403 403 403 405 403 403
cases:erasings             GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:erasings             POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:erasing              GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:erasing              POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:ask-erasing          GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:ask-erasing          POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:legal-hold           GET   in  un 403 403 403 200 403 403 403 403 403 403 403 403
cases:legal-hold           POST  in  un 403 403 403 200 403 403 403 403 403 403 403 403
cases:ways                 GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:ways                 POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:ask-lead             GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:ask-lead             POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:questions            GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:questions            POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:look-again           GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
cases:look-again           POST  in  un 403 403 403  go 403 403 403 403 403 403 403 403
cases:agreement            GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:agreement            POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:take-back            GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:take-back            POST  in  un  go 403 404 409 403 403 403 403 403 403 403 403
cases:notes                GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:notes                POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:note                 GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:note                 POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:lawyer-records       GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:lawyer-records       POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:lawyer-record        GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:lawyer-record        POST  in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:lawyer-bar           GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
cases:lawyer-bar           POST  in  un 403 403 403  go 403 403 403 403 403 403 403 403
cases:lawyers              GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:lawyers              POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:name-lawyer          GET   in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:name-lawyer          POST  in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:offer-case           GET   in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:offer-case           POST  in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:take-lawyer-back     GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:take-lawyer-back     POST  in  un 409 403 404 409 403 403 403 403 403 403 403 403
cases:waive-conflict       GET   in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:waive-conflict       POST  in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:brief                GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:brief                POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:hand-over-brief      GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:hand-over-brief      POST  in  un  go 403 404  go 403 403 403 403 403 403 403 403
cases:end-mandate          GET   in  un 403 403 403 405 403 403 403 403 403 403 403 403
cases:end-mandate          POST  in  un 403 403 403  go 403 403 403 403 403 403 403 403
cases:own-offer            GET   in  un 403 403 403 403 404 404 403 403 403 403 403 403
cases:own-offer            POST  in  un 403 403 403 403 404 404 403 403 403 403 403 403
cases:accept-offer         GET   in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:accept-offer         POST  in  un 403 403 403 403 404 404 403 403 403 403 403 403
cases:decline-offer        GET   in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:decline-offer        POST  in  un 403 403 403 403 404 404 403 403 403 403 403 403
cases:own-brief            GET   in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:own-brief            POST  in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:brief-file           GET   in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:brief-file           POST  in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:tasks                GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
cases:tasks                POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:case-tasks           GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:case-tasks           POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:task                 GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:task                 POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:papers               GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:papers               POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:paper                GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
cases:paper                POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:form-to-sign         GET   in  un 404 403 404 404 403 403 403 403 403 403 403 403
cases:form-to-sign         POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
cases:own-papers           GET   in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:own-papers           POST  in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:own-paper            GET   in  un 403 403 403 403 200 404 403 403 403 403 403 403
cases:own-paper            POST  in  un 403 403 403 403 405 405 403 403 403 403 403 403
cases:own-form             GET   in  un 403 403 403 403 404 404 403 403 403 403 403 403
cases:own-form             POST  in  un 403 403 403 403 405 405 403 403 403 403 403 403
recording:all              GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
recording:all              POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
recording:begin            GET   in  un 200 200 200 200 403 403 403 403 403 403 403 403
recording:begin            POST  in  un 200 200 200 200 403 403 403 403 403 403 403 403
recording:more             GET   in  un 200 403 404 200 403 403 403 403 403 403 403 403
recording:more             POST  in  un 200 403 404 200 403 403 403 403 403 403 403 403
recording:sections         GET   in  un 200 404 404 404 403 403 403 403 403 403 403 403
recording:sections         POST  in  un 405 405 405 405 403 403 403 403 403 403 403 403
recording:first            GET   in  un  go 404 404 404 403 403 403 403 403 403 403 403
recording:first            POST  in  un  go 404 404 404 403 403 403 403 403 403 403 403
recording:number           GET   in  un  go 404 404 404 403 403 403 403 403 403 403 403
recording:number           POST  in  un  go 404 404 404 403 403 403 403 403 403 403 403
recording:check            GET   in  un 200 404 404 404 403 403 403 403 403 403 403 403
recording:check            POST  in  un 200 404 404 404 403 403 403 403 403 403 403 403
recording:discard          GET   in  un 405 405 405 405 403 403 403 403 403 403 403 403
recording:discard          POST  in  un  go 404 404 404 403 403 403 403 403 403 403 403
recording:part             GET   in  un 200 404 404 404 403 403 403 403 403 403 403 403
recording:part             POST  in  un  go 404 404 404 403 403 403 403 403 403 403 403
recording:step             GET   in  un 200 404 404 404 403 403 403 403 403 403 403 403
recording:step             POST  in  un  go 404 404 404 403 403 403 403 403 403 403 403
jurisdictions:states       GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:states       POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:compare      GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:compare      POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:map          GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:map          POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:what-if      GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:what-if      POST  in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:state        GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:state        POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:changes      GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:changes      POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:checks       GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:checks       POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:values       GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:values       POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:proposals    GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:proposals    POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:proposal     GET   in  un 200 200 200 200 200 200 200 200 200 200 200 200
jurisdictions:proposal     POST  in  un 405 405 405 405 405 405 405 405 405 405 405 405
jurisdictions:propose      GET   in  un 403 403 403 200 200 200 403 403 403 403 200 403
jurisdictions:propose      POST  in  un 403 403 403 200 200 200 403 403 403 403 200 403
jurisdictions:sign         GET   in  un 403 403 403 405 405 405 403 403 403 403 403 403
jurisdictions:sign         POST  in  un 403 403 403  go  go  go 403 403 403 403 403 403
jurisdictions:refuse       GET   in  un 403 403 403 405 405 405 403 403 403 403 403 403
jurisdictions:refuse       POST  in  un 403 403 403 200 200 200 403 403 403 403 403 403
"""

TABLE = {(name, method): cells for name, method, *cells in (line.split() for line in ROWS.strip().splitlines())}
