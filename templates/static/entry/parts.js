// The parts (tabs) of the case form. The page holds the one in view; each other comes from the server when it is
// opened, and stays from then on with what is typed into it. Until then a link to it holds its place.
const entryParts = (() => {
    "use strict";

    const LINKS = "nav[aria-label='Parts of the case'] a";
    const FAILED = "This part didn't come: the connection or the login is gone. Nothing typed is lost.";
    const standIns = () => [...document.querySelectorAll("[data-part]")];
    const standIn = (key) => standIns().find((place) => place.dataset.part === key);
    const linkTo = (key) => document.querySelector(`${LINKS}[href="#${key}"]`);
    const coming = new Map();

    // What the scripts of the admin do with rows when a page opens.
    const prepare = (part) => {
        part.querySelectorAll(".add-row").forEach((button) => {
            button.addEventListener("click", addInlineTemplateHandler);
        });
        part.querySelectorAll(".delete-template").forEach((button) => {
            button.addEventListener("click", deleteInlineTemplateHandler);
        });
        const $ = window.django.jQuery;
        $(part).find(".admin-autocomplete").not("[name*=__prefix__]").djangoAdminSelect2();
    };

    const fetchPart = async (key) => {
        const query = new URLSearchParams({ part: key });
        const response = await fetch(`${location.pathname}?${query}`);
        // A login that has ended leads to the page of the login.
        if (!response.ok || response.redirected) throw new Error(response.statusText);
        const part = document.createElement("div");
        part.className = "flex flex-col gap-6 mt-6";
        part.innerHTML = await response.text();
        return part;
    };

    const insert = async (key) => {
        const place = standIn(key);
        linkTo(key)?.setAttribute("aria-busy", "true");
        try {
            const part = await fetchPart(key);
            place.replaceWith(part);
            prepare(part);
            await new Promise((then) => { setTimeout(then); }); // Alpine has seen it by then
            part.dispatchEvent(new CustomEvent("entry:part", { bubbles: true }));
        } catch {
            const failed = place.querySelector("span") || document.createElement("span");
            failed.textContent = ` ${FAILED}`;
            place.append(failed);
        } finally {
            linkTo(key)?.removeAttribute("aria-busy");
            coming.delete(key);
        }
    };

    // Fetch a part unless the page holds it.
    const load = async (key) => {
        if (!standIn(key)) return;
        if (!coming.has(key)) coming.set(key, insert(key));
        await coming.get(key);
    };

    // Show a part, once it is there.
    const show = async (key) => {
        await load(key);
        window.Alpine.$data(document.body).activeTab = key;
        history.replaceState(null, "", `#${key}`);
    };

    // The part that will hold a field or a table, by its id; "" if it isn't one that has yet to come.
    const keyOf = (id) => {
        const name = id.replace(/^id_/, "");
        const place = standIns().find(({ dataset }) => (
            dataset.tables.split(" ").some((table) => name.startsWith(`${table}-`))
        ));
        return place ? place.dataset.part : "";
    };

    document.addEventListener("click", (event) => {
        const link = event.target.closest(LINKS);
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        show(link.hash.slice(1));
    });
    document.addEventListener("alpine:initialized", () => {
        if (document.querySelector(LINKS)) load(window.Alpine.$data(document.body).activeTab);
    });

    return { keyOf, show };
})();
