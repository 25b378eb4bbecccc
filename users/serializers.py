"""What identity looks like in the API."""

from rest_framework import serializers

from core.scopes import all_scopes
from core.serializers import (
    AmountField,
    ContractModelSerializer,
    ContractSerializer,
    CurrencyField,
    ListField,
)
from users.models import Preferences, Profile, Settings, User
from users.tokens import TokenPair


class UserSerializer(ContractModelSerializer):
    base_currency = CurrencyField(required=False)

    class Meta:
        model = User
        fields = (
            "id", "email", "name", "country", "base_currency", "time_zone", "locale",
            "is_premium", "is_verified", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "email", "is_premium", "is_verified", "created_at", "updated_at")


class RegisterSerializer(ContractModelSerializer):
    base_currency = CurrencyField(required=False)
    password = serializers.CharField(max_length=128, trim_whitespace=False, style={"input_type": "password"})

    class Meta:
        model = User
        fields = ("email", "password", "name", "country", "base_currency", "time_zone", "locale")


class ScopeField(serializers.ChoiceField):
    """One of the scopes that the apps declare, all of which have joined when a request is read."""

    def __init__(self) -> None:
        super().__init__(choices=[str(scope) for scope in all_scopes()])


class LoginSerializer(ContractSerializer):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=128, trim_whitespace=False, style={"input_type": "password"})
    scopes = ListField(
        child=ScopeField(),
        required=False,
        allow_empty=False,
        help_text="Ask for fewer rights than all; the tokens then carry only these.",
    )


class RefreshSerializer(ContractSerializer):
    refresh = serializers.CharField(max_length=4096)


class PasswordChangeSerializer(ContractSerializer):
    old_password = serializers.CharField(max_length=128, trim_whitespace=False)
    new_password = serializers.CharField(max_length=128, trim_whitespace=False)


class PasswordForgotSerializer(ContractSerializer):
    email = serializers.EmailField(max_length=254)


class PasswordResetSerializer(ContractSerializer):
    uid = serializers.CharField(max_length=64)
    token = serializers.CharField(max_length=128)
    new_password = serializers.CharField(max_length=128, trim_whitespace=False)


class TokenPairSerializer(serializers.Serializer[TokenPair]):
    user = UserSerializer()
    access = serializers.CharField(help_text="Send it as `Authorization: Bearer …`; good for 30 minutes.")
    refresh = serializers.CharField(help_text="Good once, for 30 days, at `/auth/refresh`.")


class ProfileSerializer(ContractModelSerializer):
    monthly_income = AmountField(required=False, allow_null=True)
    currency = serializers.CharField(source="user.base_currency", read_only=True)

    amounts = {"monthly_income": "currency"}

    class Meta:
        model = Profile
        fields = (
            "monthly_income", "currency", "pay_frequency", "household_adults", "household_children", "employment",
        )  # fmt: skip


class PreferencesSerializer(ContractModelSerializer):
    class Meta:
        model = Preferences
        fields = (
            "notify_in_app", "notify_by_email", "notify_by_push", "quiet_from", "quiet_until", "coaching_tone",
        )  # fmt: skip


class SettingsSerializer(ContractModelSerializer):
    class Meta:
        model = Settings
        fields = ("theme", "week_starts_on", "hide_amounts")
