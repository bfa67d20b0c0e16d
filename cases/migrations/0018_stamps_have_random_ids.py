import uuid

import django.db.models.deletion
import vault.models
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table was a few hours old and held nothing that cannot be asked for again: made anew, with random ids."""

    dependencies = [
        ('cases', '0017_one_job_a_member'),
    ]

    operations = [
        migrations.DeleteModel('Stamp'),
        migrations.CreateModel(
            name='Stamp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('imprint', models.BinaryField(max_length=32)),
                ('asked_on', models.DateField(default=vault.models.today)),
                ('token', models.BinaryField(null=True)),
                ('got_on', models.DateField(null=True)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stamps', to='cases.dossier')),
            ],
            options={
                'ordering': ['place'],
                'indexes': [models.Index(condition=models.Q(('token', None)), fields=['place', 'asked_on'], name='stamp_waiting')],
                'constraints': [models.UniqueConstraint(fields=('dossier', 'place'), name='one_stamp_of_each')],
            },
        ),
    ]
