"""HTTP for visitors: shapes, routes, errors and headers. Must not hold rules of the chat or import an adapter."""
