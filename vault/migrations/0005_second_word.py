from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("vault", "0004_append_only"),
    ]

    operations = [
        migrations.AlterField(
            model_name="keypair",
            name="use",
            field=models.CharField(choices=[("root", "Root"), ("person", "Person"), ("intake", "Intake"), ("caseworkers", "Caseworkers"), ("leads", "Leads"), ("recovery", "Recovery"), ("receipt", "Receipt"), ("second", "Second"), ("delegate", "Delegate"), ("worker", "Worker")], max_length=12),
        ),
    ]
