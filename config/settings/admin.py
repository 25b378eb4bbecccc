"""The staff portal."""

# Where a member of staff comes out who went to the sign-in page itself.
LOGIN_REDIRECT_URL = "admin:index"

ICON = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>"
    "<rect width='8' height='8' rx='2' fill='%239810fa'/></svg>"
)

UNFOLD: dict[str, object] = {
    "SITE_TITLE": "Solvent",
    "SITE_HEADER": "Solvent",
    "SITE_SUBHEADER": "Staff portal",
    "SITE_SYMBOL": "account_balance_wallet",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _request: ICON}],
    "SITE_URL": "/docs",
    "SHOW_HISTORY": True,
    "SIDEBAR": {
        "show_search": True,
        "navigation": "core.staff.navigation.navigation",
    },
}
