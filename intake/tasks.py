"""The timers of intake."""

from uuid import NAMESPACE_URL, uuid5

from celery import shared_task

from intake import crisis, numbers
from people import alarms
from vault.models import AuditEvent, today

ALARM = "numbers_old"


@shared_task
def watch_numbers() -> None:
    """Tell the leads when numbers to call are hidden until somebody checks them (C1), once a week until it is done."""
    on = today()
    late = crisis.overdue(on, numbers.current())
    week = uuid5(NAMESPACE_URL, f"{ALARM} {on:%G-%V}")
    is_told = AuditEvent.objects.filter(action=alarms.RAISED, subject=week).exists()
    if not late or is_told or any(each.code == ALARM for each in alarms.waiting()):
        return
    what = ", ".join(f"{each.country} {each.number}" for each in late)
    alarms.raise_alarm(ALARM, "crisis", week, detail={"what": what})
