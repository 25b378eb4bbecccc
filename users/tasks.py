"""Work of the identity app outside the request."""

from celery import shared_task
from django.utils import timezone

from users import mail, services


@shared_task(name="users.send_password_reset")
def send_password_reset(*, email: str, **kwargs: object) -> None:
    mail.send_password_reset(email=email, now=timezone.now())


@shared_task(name="users.forget_old_sign_ins")
def forget_old_sign_ins(**kwargs: object) -> int:
    return services.forget_old_sign_ins(now=timezone.now())
