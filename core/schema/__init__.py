"""The OpenAPI document: what every operation, field and page of the contract has in common.

Rules stand here rather than beside each view, so that what is added later is described like the rest.
"""

from core.schema import fields  # noqa: F401  (drf-spectacular finds the extensions that are imported)
from core.schema.operations import ContractSchema, base_classes

__all__ = ["ContractSchema", "base_classes"]
