"""The admin, with a site of ours."""

from django.contrib.admin.apps import AdminConfig


class StaffPortalConfig(AdminConfig):
    default = False
    default_site = "core.staff.site.StaffSite"
