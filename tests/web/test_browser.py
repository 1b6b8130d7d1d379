"""Journeys in a real browser, where one is installed."""

import shutil
import threading
import time

import pytest

BROWSER = (
    shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
)
pytest.importorskip("playwright")
if BROWSER is None:
    pytest.skip("no Chromium is installed (Debian: chromium)", allow_module_level=True)

import uvicorn  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402

from onrecord.web.app import create_app  # noqa: E402


@pytest.fixture
def address(store):
    server = uvicorn.Server(
        uvicorn.Config(create_app(store, edit=True), host="127.0.0.1", port=0, log_level="error")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def page(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_page(base_url=address)
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda line: problems.append(line.text) if line.type == "error" else None
        )
        yield page
        browser.close()
    assert problems == []


def test_paste_a_text_see_its_record_correct_a_speaker_find_it_by_search(page):
    page.goto("/intake")
    page.get_by_label("Text", exact=True).fill(
        "“We will stay,” the mayor, Vitali Klitschko, said on Monday in Kyiv."
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Who said what")).to_be_visible()
    page.locator("aside details").first.locator("summary").click()
    form = page.locator("aside details form").first
    form.get_by_label("Your name").fill("A. Editor")
    form.get_by_label("Speakers").fill("Ihor Terekhov")
    form.get_by_role("button", name="Correct").click()
    page.locator("#q").fill("Terekhov")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("main")).to_contain_text("We will stay")
    page.goto("/corrections")
    expect(page.locator("main")).to_contain_text("A. Editor")


def test_open_a_dispute_and_read_both_articles(page):
    page.goto("/disputes")
    page.locator("a.open").first.click()
    expect(page.locator("mark")).to_have_count(2)
    page.locator(".card").first.get_by_role("link").last.click()
    expect(page.locator("aside li.lit")).not_to_have_count(0)


def test_follow_a_person_and_see_the_pictures(page):
    page.goto("/who/Lavrov")
    page.get_by_role("link", name="Timeline").last.click()
    expect(page.locator("svg.lanes circle")).not_to_have_count(0)
    page.goto("/network")
    expect(page.locator("#network svg circle")).not_to_have_count(0)
    page.goto("/map")
    expect(page.locator("#map svg path")).not_to_have_count(0)
    expect(page.locator("#map svg circle")).to_have_count(1)


def test_pages_work_without_scripts_and_on_a_phone(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        context = browser.new_context(
            java_script_enabled=False, base_url=address, viewport={"width": 360, "height": 740}
        )
        page = context.new_page()
        for path in ("/", "/articles/1", "/network", "/map", "/timeline", "/disputes/1/d1"):
            page.goto(path)
            expect(page.locator("h1")).to_be_visible()
            page.wait_for_load_state()
        page.goto("/network")
        expect(page.locator("table")).to_contain_text("Lavrov")
        browser.close()
