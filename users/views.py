"""Signing in and out, and a person's own data."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.schema.responses import refusal
from core.views import ContractView
from users import mail, serializers, services, tokens
from users.models import Preferences, Profile, Settings, User
from users.scopes import READ_PROFILE, WRITE_PROFILE

OwnRow: TypeAlias = User | services.Part

UNKNOWN = refusal("No such e-mail address and password together.")
SPENT = refusal("No refresh token, or one that no longer counts.")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AuthView(ContractView, GenericAPIView[User]):
    """The base of the sign-in endpoints: open to strangers, tightly limited."""

    authentication_classes: Sequence[type[BaseAuthentication]] = ()
    permission_classes: Sequence[type[BasePermission]] = (AllowAny,)
    throttle_group = "auth"

    def body(self) -> dict[str, Any]:
        serializer = self.get_serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def pair(self, pair: tokens.TokenPair, *, http_status: int = status.HTTP_200_OK) -> Response:
        shown = serializers.TokenPairSerializer(pair, context=self.get_serializer_context())
        return Response(shown.data, status=http_status)


class SignedInAuthView(AuthView):
    """The sign-in endpoints that need a token already."""

    authentication_classes = ContractView.authentication_classes
    permission_classes = (IsAuthenticated,)


class RegisterView(AuthView):
    serializer_class = serializers.RegisterSerializer

    @extend_schema(responses={201: serializers.TokenPairSerializer})
    def post(self, request: Request) -> Response:
        """Make an account; the answer signs it in."""
        answer = self.pair(services.register(**self.body(), now=timezone.now()), http_status=201)
        answer.headers["Location"] = reverse("me")
        return answer


class LoginView(AuthView):
    serializer_class = serializers.LoginSerializer

    @extend_schema(responses={200: serializers.TokenPairSerializer, 401: UNKNOWN})
    def post(self, request: Request) -> Response:
        """Sign in by e-mail address and password."""
        return self.pair(services.log_in(**self.body(), now=timezone.now(), request=request._request))  # noqa: SLF001


class RefreshView(AuthView):
    serializer_class = serializers.RefreshSerializer

    @extend_schema(responses={200: serializers.TokenPairSerializer, 401: SPENT})
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for a new pair; a token used twice ends its whole family."""
        return self.pair(tokens.rotate(self.body()["refresh"], now=timezone.now()))


class LogoutView(SignedInAuthView):
    serializer_class = serializers.RefreshSerializer

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Sign this client out: its refresh token stops counting."""
        tokens.revoke(self.body()["refresh"], user=self.person, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class LogoutAllView(SignedInAuthView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Sign every client out, at once."""
        services.log_out_everywhere(self.person, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordChangeView(SignedInAuthView):
    serializer_class = serializers.PasswordChangeSerializer

    @extend_schema(responses=serializers.TokenPairSerializer)
    def post(self, request: Request) -> Response:
        """Change the password; every other client is signed out."""
        return self.pair(services.change_password(self.person, **self.body(), now=timezone.now()))


class PasswordForgotView(AuthView):
    serializer_class = serializers.PasswordForgotSerializer

    def writes(self) -> bool:
        return False

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Ask for a link by e-mail; the answer is the same whether the address is known or not."""
        services.ask_for_new_password(email=self.body()["email"])
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordResetView(AuthView):
    serializer_class = serializers.PasswordResetSerializer

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Choose a new password with the link from the e-mail; every client is signed out."""
        body = self.body()
        user = mail.user_of_reset_link(uid=body["uid"], token=body["token"])
        services.set_password(user, new_password=body["new_password"], now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class OwnRowView(ContractView, GenericAPIView[OwnRow]):
    """One row that every person has; read, replace, change."""

    read_scope = READ_PROFILE
    write_scope = WRITE_PROFILE

    def row(self) -> OwnRow:
        raise NotImplementedError

    def hold(self) -> None:
        super().hold()
        row = self.row()
        type(row)._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001

    def change(self, **fields: object) -> None:
        raise NotImplementedError

    def get(self, request: Request) -> Response:
        return Response(self.get_serializer(self.row()).data)

    def put(self, request: Request) -> Response:
        return self._write(partial=False)

    def patch(self, request: Request) -> Response:
        return self._write(partial=True)

    def _write(self, *, partial: bool) -> Response:
        serializer = self.get_serializer(self.row(), data=self.request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        self.change(**serializer.validated_data)
        return Response(self.get_serializer(self.row()).data)


class MeView(OwnRowView):
    """Who you are."""

    serializer_class = serializers.UserSerializer

    def row(self) -> User:
        return self.person

    def change(self, **fields: object) -> None:
        self.request.user = services.update_identity(self.person, act=self.act(), **fields)


class PartView(OwnRowView):
    """What a person says about themselves, a row for each matter."""

    def row(self) -> services.Part:
        raise NotImplementedError

    def change(self, **fields: object) -> None:
        services.update_part(self.row(), act=self.act(), **fields)


class ProfileView(PartView):
    """How you live, as far as plans need to know."""

    serializer_class = serializers.ProfileSerializer

    def row(self) -> Profile:
        return Profile.objects.select_related("user").get(user=self.person)


class PreferencesView(PartView):
    """How and when the coach may speak to you."""

    serializer_class = serializers.PreferencesSerializer

    def row(self) -> Preferences:
        return Preferences.objects.get(user=self.person)


class SettingsView(PartView):
    """How clients show things to you."""

    serializer_class = serializers.SettingsSerializer

    def row(self) -> Settings:
        return Settings.objects.get(user=self.person)
