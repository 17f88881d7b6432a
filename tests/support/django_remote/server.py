"""The earlier system as `acolhe import-remote` sees it: Django REST framework, sign-in by code, clients in snake_case.

Reads {"clients": [...], "root": path, "page_size": n, "full": bool, "devices": bool} from its standard input.
n = 0: lists are bare, without pages. full = false: there is only `clients-basic/`. devices = true: signing in needs a device id.
Prints its port, and every code that it would have mailed, one per line. Ends when its input ends.
"""

import json
import os
import random
import sys
import threading

import django
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.urls import path

order = json.loads(sys.stdin.readline())

settings.configure(
    SECRET_KEY="for-tests-alone-for-tests-alone-for-tests",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LANGUAGE_CODE="pt-br",
    TIME_ZONE="America/Sao_Paulo",
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTStatelessUserAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "PAGE_SIZE": order["page_size"] or None,
    },
)
django.setup()

from rest_framework import generics, pagination, serializers  # noqa: E402
from rest_framework.decorators import api_view, authentication_classes, permission_classes  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework_simplejwt.tokens import AccessToken  # noqa: E402


def text(length=255):
    return models.CharField(max_length=length, null=True, blank=True)


class Client(models.Model):
    first_name, last_name, email, phone = text(), text(), text(), text(20)
    document, date_of_birth = text(20), models.DateField(null=True)
    address, address_number, neighborhood, city, state, postal_code = text(), text(16), text(), text(), text(2), text(9)
    profession, notes = text(), models.TextField(null=True)
    footwear_used, takes_medication = text(50), models.BooleanField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "register"
        ordering = ["id"]


class FullSerializer(serializers.ModelSerializer):
    class Meta:
        model = Client
        fields = "__all__"


class BasicSerializer(serializers.ModelSerializer):
    class Meta:
        model = Client
        fields = ["id", "first_name", "last_name", "phone"]


class Clients(generics.ListAPIView):
    queryset = Client.objects.all()
    serializer_class = FullSerializer
    pagination_class = pagination.PageNumberPagination if order["page_size"] else None


class BasicClients(Clients):
    serializer_class = BasicSerializer


class EmailSerializer(serializers.Serializer):
    email = serializers.EmailField()


class CodeSerializer(EmailSerializer):
    code = serializers.CharField(max_length=6)
    device_id = serializers.CharField(max_length=64, required=order["devices"])


codes = {}


class Person:
    id = 1


@api_view(["POST"])
@authentication_classes([])
@permission_classes([])
def request_code(request):
    asked = EmailSerializer(data=request.data)
    asked.is_valid(raise_exception=True)
    email = asked.validated_data["email"]
    codes[email] = f"{random.randrange(10**6):06d}"
    print("code", email, codes[email], flush=True)
    return Response({"detail": "Código enviado."})


@api_view(["POST"])
@authentication_classes([])
@permission_classes([])
def verify_code(request):
    said = CodeSerializer(data=request.data)
    said.is_valid(raise_exception=True)
    if codes.pop(said.validated_data["email"], None) != said.validated_data["code"]:
        return Response({"detail": "Código inválido ou expirado."}, status=400)
    return Response({"access": str(AccessToken.for_user(Person()))})


urlpatterns = [
    path(order["root"] + "auth/request-code/", request_code),
    path(order["root"] + "auth/verify-code/", verify_code),
    path(order["root"] + "clients-basic/", BasicClients.as_view()),
    *([path(order["root"] + "clients/", Clients.as_view())] if order["full"] else []),
]

with connection.schema_editor() as editor:
    editor.create_model(Client)
Client.objects.bulk_create([Client(**client) for client in order["clients"]])


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
# Without threads, because the database is in the memory of this thread.
server = WSGIServer(("127.0.0.1", 0), QuietHandler)
server.set_app(get_wsgi_application())
print("port", server.server_port, flush=True)
server.serve_forever()
