"""Building blocks of the API's representations."""

from core.serializers.answers import AnswerSerializer, answer_serializer, drawn, said
from core.serializers.contract import ContractModelSerializer, ContractSerializer
from core.serializers.fields import (
    AmountField,
    ChoiceField,
    CurrencyField,
    DayField,
    ListField,
    ManySerializer,
    OwnedRelatedField,
    PlainDecimalField,
    ShownDecimalField,
)

__all__ = [
    "AmountField",
    "AnswerSerializer",
    "ChoiceField",
    "ContractModelSerializer",
    "ContractSerializer",
    "CurrencyField",
    "DayField",
    "ListField",
    "ManySerializer",
    "OwnedRelatedField",
    "PlainDecimalField",
    "ShownDecimalField",
    "answer_serializer",
    "drawn",
    "said",
]
