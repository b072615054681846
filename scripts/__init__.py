"""Set-up, supervision, benches and evaluations. Nothing here is imported by the product."""
