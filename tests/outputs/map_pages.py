"""What tests ask of an opened map."""

MIDDLE = "[30.81, 121.13]"


def on_map(page):
    """Return how many docking points the whole map shows, alone or in clusters."""
    # the page holds only the symbols in view
    page.evaluate(f"map_align.setView({MIDDLE}, 10.5, {{animate: false}})")
    return page.eval_on_selector_all(
        ".marker[data-id], .marker[data-size]",
        "all => all.reduce((sum, one) => sum + Number(one.dataset.size || 1), 0)",
    )


def on_strip(page):
    """Return how many docking points the strip shows, alone or counted."""
    counted = page.locator(".crowd").all_inner_texts()
    return page.locator(".stop").count() + sum(int(text) for text in counted)


def go_to(page, place, *, zoom):
    """Show a place, given as longitude and latitude."""
    lon, lat = place
    page.evaluate(f"map_align.setView([{lat}, {lon}], {zoom}, {{animate: false}})")
