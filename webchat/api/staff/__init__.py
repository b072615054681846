"""The HTTP side of the console, under ``/api/v1/staff``. Must refuse by default: every route names who may call it."""
