from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_second_factors'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='language',
            field=models.CharField(blank=True, default='', max_length=5),
            preserve_default=False,
        ),
    ]
