"""The graph as py2neo objects, on a real server."""

from __future__ import annotations

from contextlib import closing

import neo4j_server
import pytest
from graphs import Item, Post, reading

pytest.importorskip("py2neo", reason="the extra py2neo is not installed")

from graphmodel.errors import BadInput, StoreReadOnly
from graphmodel.identity import role_id
from graphmodel.nodes import NODE_TYPES
from graphmodel.ogm import Department, Duty, Role, Skill, repository
from graphmodel.relations import RELATIONS
from graphmodel.store import open_store


@pytest.fixture
def repo():
    with neo4j_server.fresh() as server:
        with closing(open_store(server.url)) as store:
            budget = Item("制定预算并跟踪预算执行", ["预算"])
            report = Item("每周与财务部核对报表", ["报表"], ["财务部"])
            store.add_many(
                [
                    reading("a.txt", [Post("店长", [budget, report], department="运营部", leads_to=["区域经理"])]),
                    reading("b.txt", [Post("店長", [budget], department="运营部")]),
                ]
            )
        yield repository(server.url)


def test_from_a_role_to_the_departments_of_its_skills(repo):
    role = repo.match(Role, role_id("店长")).first()
    assert (role.name, role.alt_names) == ("店長", ["店长"])
    assert (role.described, role.postings) == (True, 2)
    assert {duty.text for duty in role.duties} == {"制定预算并跟踪预算执行", "每周与财务部核对报表"}
    assert {skill.name for duty in role.duties for skill in duty.skills} == {"预算", "报表"}
    assert {(skill.name, role.skills.get(skill, "postings")) for skill in role.skills} == {("预算", 2), ("报表", 1)}
    assert [department.name for department in role.departments] == ["运营部"]
    assert [next.name for next in role.next_roles] == ["区域经理"]
    (budget,) = repo.match(Skill).where(name="预算")
    assert [department.name for department in budget.departments] == ["运营部"]
    (finance,) = repo.match(Department).where(name="财务部")
    assert [skill.name for skill in finance.skills] == ["报表"]


def test_objects_can_be_read_and_not_saved(repo):
    duty = repo.match(Duty).first()
    duty.text = "另一件事"
    for change in (repo.save, repo.delete):
        with pytest.raises(StoreReadOnly, match="open_store"):
            change(duty)


def test_a_store_whose_labels_have_a_prefix_is_refused():
    with pytest.raises(BadInput, match=r"without a prefix(.|\n)*rolegraph copy"):
        repository("bolt://localhost:7687?prefix=Rg")


def test_each_kind_has_a_class_with_its_properties_and_known_relations():
    from py2neo.ogm import Property, Related

    import graphmodel.ogm as ogm

    for kind, type_ in NODE_TYPES.items():
        model = vars(ogm)[kind.capitalize()]
        own = {name for name, value in vars(model).items() if isinstance(value, Property)}
        assert set(type_._fields) - {"id", "notes"} <= own
        for value in vars(model).values():
            if isinstance(value, Related):
                assert value.relationship_type in RELATIONS
