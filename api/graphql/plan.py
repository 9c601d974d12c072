"""An operation made ready to be executed: which fields are asked of which type, and how each is resolved and completed.

Parsing, validation, coercion of variables and arguments and the merging of fragments are graphql-core's; what is ours
is that a field is resolved for all objects of a level at once (breadth.py).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    Visitor,
    get_argument_values,
    visit,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues
from strawberry.types.arguments import StrawberryArgument, convert_arguments
from strawberry.types.field import StrawberryField

Arguments = Mapping[str, Any]
Resolve = Callable[[list[Any], Any, Arguments], list[Any]]
"""From the objects of a level, the `info` and the arguments to their values; an exception stands for a failure."""

LEVEL = "level"
"""Key of a Strawberry field's metadata: its resolver for a whole level, (objects, info, **arguments) -> values."""

WANTS = "wants"
"""Key of a Strawberry field's metadata: (objects, info, **arguments), what its level will read."""


class Failed:
    """Stands in the place of a value that could not be had, until the errors are told."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class Field:
    """A field of a selection, with all nodes of the document that ask for it under one response key."""

    __slots__ = (
        "_below",
        "_fixed",
        "_mentioned",
        "_operation",
        "_varies",
        "definition",
        "details",
        "key",
        "name",
        "parent",
        "resolve",
        "wants",
    )

    def __init__(
        self, key: str, parent: GraphQLObjectType, definition: GraphQLField, details: list[FieldDetails], of: Operation
    ) -> None:
        self.key = key
        self.name = details[0].node.name.value
        self.parent = parent
        self.definition = definition
        self.details = details
        self._operation = of
        self.resolve, self.wants = resolver(definition, self.name)
        self._below: dict[str, list[Field]] = {}
        self._mentioned: dict[str, bool] = {}
        self._fixed: Arguments | None = {} if not definition.args else None
        self._varies = _has_variables(details[0].node)

    @property
    def nodes(self) -> list[FieldNode]:
        return [detail.node for detail in self.details]

    def arguments(self, variables: VariableValues) -> Arguments:
        """The coerced arguments, as the resolver takes them. Raises GraphQLError."""
        if self._fixed is not None:
            return self._fixed
        node = self.details[0].node
        values: Arguments = get_argument_values(self.definition, node, variables)
        strawberry = _declared(self.definition)
        if strawberry is not None:
            values = self._operation.converted(dict(values), strawberry.arguments)
        if not self._varies:
            self._fixed = values
        return values

    def below(self, type_: GraphQLObjectType) -> list[Field]:
        """The fields asked of this field's value, if it is of this type."""
        found = self._below.get(type_.name)
        if found is None:
            found = self._below[type_.name] = self._operation.selected(type_, self.details)
        return found

    def mentions(self, name: str) -> bool:
        """Whether a field of this name is asked for anywhere below."""
        if name not in self._mentioned:
            self._mentioned[name] = any(self._operation.mentions(node, name) for node in self.nodes)
        return self._mentioned[name]


class Operation:
    """An operation of a valid document, for one choice of the variables that its @skip and @include hang on.

    The fields of a type are collected when they are first asked for, and then kept.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        convert: Callable[[dict[str, Any], list[StrawberryArgument]], Arguments],
        node: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
    ) -> None:
        self.node = node
        self.schema = schema
        self.converted = convert
        self.costs: dict[Hashable, int] = {}
        self._fragments = {name: FragmentDetails(fragment) for name, fragment in fragments.items()}
        self._variables = variables
        self.root_type = schema.get_root_type(node.operation)
        assert self.root_type is not None  # validation has seen to it
        collected = collect_fields(schema, self._fragments, variables, self.root_type, node)
        self.fields = self._fields(self.root_type, collected.grouped_field_set)

    def selected(self, type_: GraphQLObjectType, details: list[FieldDetails]) -> list[Field]:
        collected = collect_subfields(self.schema, self._fragments, self._variables, self.node, type_, details)
        return self._fields(type_, collected.grouped_field_set)

    def mentions(self, node: Any, name: str) -> bool:
        """Whether a field of this name is asked for anywhere below a node, fragments included."""
        open_, seen = list(node.selection_set.selections) if node.selection_set else [], set()
        while open_:
            one = open_.pop()
            if isinstance(one, FieldNode) and one.name.value == name:
                return True
            if getattr(one, "selection_set", None):
                open_.extend(one.selection_set.selections)
            elif not isinstance(one, FieldNode) and one.name.value not in seen:
                seen.add(one.name.value)
                open_.extend(self._fragments[one.name.value].definition.selection_set.selections)
        return False

    def _fields(self, type_: GraphQLObjectType, grouped: Mapping[str, list[FieldDetails]]) -> list[Field]:
        fields = []
        for key, details in grouped.items():
            definition = self.schema.get_field(type_, details[0].node.name.value)
            if definition is not None:
                fields.append(Field(key, type_, definition, details, self))
        return fields


def converter(schema: Any) -> Callable[[dict[str, Any], list[StrawberryArgument]], Arguments]:
    """From coerced arguments to those that resolvers declare: names in Python's spelling, inputs as their classes."""
    convert = schema.schema_converter

    def converted(values: dict[str, Any], arguments: list[StrawberryArgument]) -> Arguments:
        return convert_arguments(values, arguments, convert.scalar_registry, convert.config)

    return converted


def resolver(definition: GraphQLField, name: str) -> tuple[Resolve, Callable[[list[Any], Any], None] | None]:
    """How a field is resolved for a level, and what tells beforehand what that will read."""
    declared = _declared(definition)
    if declared is None:
        return (_each_core(definition, name), None)
    if declared.base_resolver is None:
        return (_attribute(attrgetter(declared.python_name)), None)
    level = declared.metadata.get(LEVEL)
    if level is not None:
        return (lambda objects, info, arguments: level(objects, info, **arguments)), declared.metadata.get(WANTS)
    return (_each(declared), None)


def _declared(definition: GraphQLField) -> StrawberryField | None:
    found = definition.extensions.get("strawberry-definition")
    return found if isinstance(found, StrawberryField) else None


def _attribute(get: Callable[[Any], Any]) -> Resolve:
    def resolve(objects: list[Any], info: Any, arguments: Arguments) -> list[Any]:
        return list(map(get, objects))

    return resolve


def _each(declared: StrawberryField) -> Resolve:
    """A resolver that is called for each object."""
    of = declared.base_resolver
    assert of is not None
    call: Any = of.wrapped_func
    takes_self = of.self_parameter is not None
    info_name = of.info_parameter.name if of.info_parameter else None

    def one(value: Any, named: Arguments) -> Any:
        try:
            return call(value, **named) if takes_self else call(**named)
        except Exception as error:
            return error

    def resolve(objects: list[Any], info: Any, arguments: Arguments) -> list[Any]:
        named = {**arguments, info_name: info} if info_name else arguments
        return [one(value, named) for value in objects]

    return resolve


def _each_core(definition: GraphQLField, name: str) -> Resolve:
    """A field that graphql-core declares itself: introspection."""
    call = definition.resolve

    def one(value: Any, info: Any, arguments: Arguments) -> Any:
        try:
            return call(value, info, **arguments) if call else getattr(value, name)
        except Exception as error:
            return error

    return lambda objects, info, arguments: [one(value, info, arguments) for value in objects]


class _Variables(Visitor):
    found = False

    def enter_variable(self, *_: Any) -> None:
        self.found = True


def _has_variables(node: FieldNode) -> bool:
    finder = _Variables()
    for argument in node.arguments or ():
        visit(argument, finder)
    return finder.found


def deciding(node: OperationDefinitionNode, fragments: Sequence[FragmentDefinitionNode]) -> frozenset[str]:
    """The names of the variables that @skip and @include hang on."""
    names: set[str] = set()

    class Deciding(Visitor):
        def enter_directive(self, directive: Any, *_: Any) -> None:
            if directive.name.value in ("skip", "include"):
                for argument in directive.arguments:
                    if argument.value.kind == "variable":
                        names.add(argument.value.name.value)

    for each in (node, *fragments):
        visit(each, Deciding())
    return frozenset(names)
