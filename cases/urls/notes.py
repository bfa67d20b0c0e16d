"""Addresses of what the team writes for itself: notes and tasks."""

from django.urls import path

from cases.views import notes, tasks

urlpatterns = [
    path("cases/<reference:reference>/notes/", notes.show, name="notes"),
    path("cases/<reference:reference>/notes/<uuid:note_id>/", notes.show_one, name="note"),
    path("tasks/", tasks.show_mine, name="tasks"),
    path("cases/<reference:reference>/tasks/", tasks.of_case, name="case-tasks"),
    path("cases/<reference:reference>/tasks/<uuid:task_id>/", tasks.show_one, name="task"),
]
