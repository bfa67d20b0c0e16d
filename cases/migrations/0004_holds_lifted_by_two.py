from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_erasing_by_two")]

    operations = [
        migrations.AlterModelOptions(name="holdrelease", options={"ordering": ["-made_at"]}),
        migrations.AddField("holdrelease", "is_alone", models.BooleanField(default=False)),
        migrations.AddField("holdrelease", "is_agreed", models.BooleanField(null=True)),
        migrations.AlterField("holdrelease", "review_by", models.DateTimeField(null=True)),
    ]
