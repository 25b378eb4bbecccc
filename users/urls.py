"""Addresses of identity, under ``/api/v1/``."""

from django.urls import path

from users import views

urlpatterns = [
    path("auth/register", views.RegisterView.as_view()),
    path("auth/login", views.LoginView.as_view()),
    path("auth/refresh", views.RefreshView.as_view()),
    path("auth/logout", views.LogoutView.as_view()),
    path("auth/logout-all", views.LogoutAllView.as_view()),
    path("auth/password/change", views.PasswordChangeView.as_view()),
    path("auth/password/forgot", views.PasswordForgotView.as_view()),
    path("auth/password/reset", views.PasswordResetView.as_view()),
    path("users/me", views.MeView.as_view(), name="me"),
    path("users/me/profile", views.ProfileView.as_view()),
    path("users/me/preferences", views.PreferencesView.as_view()),
    path("users/me/settings", views.SettingsView.as_view()),
]
