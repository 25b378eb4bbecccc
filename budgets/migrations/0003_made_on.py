"""The day of a redistribution is called as days are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_staff_groups")]

    operations = [migrations.RenameField("redistribution", "day", "made_on")]
