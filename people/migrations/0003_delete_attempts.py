from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_keys_that_hold'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Attempts',
        ),
    ]
