"""A constraint beside the grant function: nobody but a worker's half holds both shares of an epoch."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="grant",
            name="is_release",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_release", False)),
                fields=("epoch", "recipient"),
                name="nobody_holds_both_shares",
            ),
        ),
    ]
