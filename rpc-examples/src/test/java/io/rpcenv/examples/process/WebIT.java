// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rpcenv.examples.cluster.plugin.TaskCountPlugin;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OUT-02 and the page of the master: one cluster of real processes, by HTTP and in a real browser.
 * {@code mvn verify -pl rpc-examples -am -Dit.test=WebIT} runs it alone.
 */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@DisplayName("OUT-02: a real cluster from outside")
class WebIT {

  private static final String PLUGIN = TaskCountPlugin.class.getName();
  private static final String EVIL = "<img src=x onerror=alert(1)>&amp;";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Launcher launcher;
  private String master;
  private URI page;
  private String token;

  @BeforeAll
  void startCluster() throws Exception {
    launcher = new Launcher(folder);
    Path address = folder.resolve("address");
    Path web = folder.resolve("web");
    Launcher.Running process =
        launcher.start(
            "master",
            "--port=0",
            "--address-file",
            address.toString(),
            "--web-port=0",
            "--web-address-file",
            web.toString(),
            "--web-token-file",
            folder.resolve("token").toString());
    master = Launcher.awaitAddress(address, process);
    page = URI.create("http://" + Files.readString(web).strip() + "/");
    token = Files.readString(folder.resolve("token")).strip();
    for (String name : List.of("w1", "w2")) {
      startWorker(name).awaitLine("is registered with the master");
    }
  }

  @AfterAll
  void close() {
    launcher.close();
  }

  @Test
  void theStateIsThereAsJson() throws Exception {
    assertThat(get("/api/state"))
        .contains("\"address\":\"" + master + "\"", "\"id\":\"w1\"", "\"id\":\"w2\"")
        .contains("\"state\":\"ALIVE\"");
  }

  @Test
  void theProcessesReportThemselves() throws Exception {
    awaitProcess("w1");
    awaitProcess("w2");
    assertThat(get("/api/processes")).contains("\"name\":\"master\"", "\"rate\":", "\"depth\":");

    assertThat(readLog("w1.log")).contains("is registered with");
  }

  @Test
  void anApplicationIsKilledByHttp() throws Exception {
    Launcher.Running submit = submitEndless();
    String id = awaitApplication(submit);

    assertThat(post("/api/applications/" + id + "/kill", "nothing").statusCode()).isEqualTo(401);
    assertThat(submit.isAlive()).isTrue();
    assertThat(post("/api/applications/" + id + "/kill", token).statusCode()).isEqualTo(200);

    assertThat(submit.exitCode()).isEqualTo(1);
    assertThat(submit.output()).contains("the master gave up on it: somebody killed it");
    awaitState("/api/applications/" + id, "KILLED");
  }

  @Test
  void aDriverIsSubmittedFollowedAndKilledByHttp() throws Exception {
    String id = submitDriver();

    awaitState("/api/drivers/" + id, "RUNNING");
    String app = awaitRunning();
    awaitProcess(app + "/0 on ");
    assertThat(post("/api/drivers/" + id + "/kill", token).statusCode()).isEqualTo(200);

    awaitState("/api/drivers/" + id, "KILLED");
    assertThat(post("/api/drivers/" + id + "/kill", token).statusCode()).isEqualTo(409);
    awaitState("/api/applications/" + app, "ENDED");
    assertThat(readLog(id + "/stderr")).as("what it printed").contains("goes to the master at");
  }

  @Test
  void PLG_06_theMetricsOfBothPartsOfAPluginAreAmongTheProcesses() throws Exception {
    Launcher.Running submit = submitEndless("--plugins", PLUGIN);
    String id = awaitApplication(submit);

    awaitMetric("pi", "executors");
    awaitMetric(id + "/", "begun");
    assertThat(post("/api/applications/" + id + "/kill", token).statusCode()).isEqualTo(200);
    assertThat(submit.exitCode()).isEqualTo(1);
  }

  @Test
  void theLogOfAnExecutorIsThereWhenItHasGone() throws Exception {
    Launcher.Running submit = submitEndless();
    String id = awaitApplication(submit);
    awaitProcess(id + "/0 on ");

    assertThat(post("/api/applications/" + id + "/kill", token).statusCode()).isEqualTo(200);
    assertThat(submit.exitCode()).isEqualTo(1);

    assertThat(readLog(id + "/0/stdout")).contains("Executor " + id);
  }

  @Test
  void aJobThatCannotWriteItsResultIsShownAsFailed() throws Exception {
    Path words = Files.writeString(folder.resolve("words"), "some words");
    Launcher.Running submit = submit("wordcount", words.toString(), "--output", "/dev/full");

    assertThat(submit.exitCode()).isEqualTo(1);
    String name = "wordcount(" + words + ")";
    JsonNode app = await("/api/applications", apps -> find(apps, "name", name::equals));
    awaitState("/api/applications/" + app.path("id").stringValue(), "FAILED");
  }

  /** The page in Chromium. */
  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  @DisplayName("OUT-02: its page in a browser")
  @Tag("slow")
  class InABrowser {

    private Browser browser;

    @BeforeAll
    void startBrowser() {
      browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    void closeBrowser() {
      if (browser != null) {
        browser.close();
      }
    }

    @BeforeEach
    void openPage() {
      browser.width(1280);
      browser.scheme("light");
      browser.open(page.toString());
      browser.forgetToken();
      browser.open(page + "#token=" + token);
    }

    @Test
    void loadsInUnderASecond() {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        browser.open(page.toString());
        Object ready = browser.script("return performance.getEntriesByName('ready')[0].startTime");
        millis.add(((Number) ready).doubleValue());
      }
      assertThat(millis.stream().sorted().toList().get(2))
          .as("median of %s ms until the cluster is shown", millis)
          .isLessThan(1000);
      assertThat(browser.script("return performance.getEntriesByType('resource').map(e => e.name)"))
          .as("nothing comes from elsewhere")
          .asInstanceOf(InstanceOfAssertFactories.list(String.class))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(name).startsWith(page.toString()));
    }

    @Test
    void showsTheWorkersAndTheirProcesses() {
      browser.awaitText("[data-worker=w1]", "alive");
      browser.awaitText("[data-worker=w2]", "alive");
      browser.awaitText("#tiles", "Workers");
      browser.awaitText("[data-process=w1]", "Messages per second");
      browser.awaitScript(
          "return document.querySelector('[data-process=w1] .rate .line').getAttribute('d')"
              + ".split('L').length > 3");
      browser.awaitText("#link", "Live");
    }

    @Test
    void theTokenGoesFromTheAddressIntoTheTab() {
      assertThat(browser.script("return location.href")).isEqualTo(page.toString());
      assertThat(browser.script("return sessionStorage.getItem('rpcenv.token')")).isEqualTo(token);
      assertThat(browser.text("#token-button")).isEqualTo("Token is set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#token=%", "#token=%41bcdefghijklmnopq", "#token=short", "#events"})
    void whatIsNoTokenIsNotTakenFromTheAddress(String hash) {
      browser.forgetToken();

      browser.open(page + hash);

      browser.awaitText("#link", "Live");
      assertThat(browser.script("return sessionStorage.getItem('rpcenv.token')")).isNull();
      assertThat(browser.text("#token-button")).isEqualTo("No token");
    }

    @Test
    void aTokenOfTheUsersOwnIsTakenFromTheAddressAsItIs() {
      browser.open(page + "#token=My.own_token~of-2026");

      assertThat(browser.script("return sessionStorage.getItem('rpcenv.token')"))
          .isEqualTo("My.own_token~of-2026");
    }

    @Test
    void aNameWithHtmlInItIsShownAsText() throws Exception {
      Path file = Files.writeString(folder.resolve(EVIL), "some words");

      assertThat(submit("wordcount", file.toString()).exitCode()).isZero();

      for (String shown : List.of(".card h3", "#events-list li", "[data-process] h3")) {
        browser.awaitScript(
            "return [...document.querySelectorAll(arguments[0])]"
                + ".some(e => e.textContent.includes(arguments[1]))",
            shown,
            EVIL);
      }
      assertThat(browser.script("return document.querySelectorAll('img:not(.brand img)').length"))
          .isEqualTo(0L);
    }

    @Test
    void aJobsProgressIsSeen() throws Exception {
      browser.script(
          "window.seen = new Set();"
              + "new MutationObserver(() => document.querySelectorAll('[role=progressbar]').forEach("
              + "  bar => window.seen.add(bar.getAttribute('aria-valuetext'))))"
              + ".observe(document.getElementById('applications'),"
              + "  {subtree: true, childList: true, attributes: true, characterData: true})");

      Launcher.Running submit = submit("--partitions=16", "pi", "--samples=800000000");

      assertThat(submit.exitCode()).as(submit.output()).isZero();
      browser.awaitText("#applications-ended-box", "Ended lately");
      browser.awaitScript("return [...window.seen].some(t => t === '16 of 16 tasks')");
      assertThat(browser.script("return [...window.seen].join('; ')").toString())
          .as("tasks were seen running and done")
          .containsPattern("\\b([1-9]|1[0-5]) of 16 tasks")
          .containsPattern("[1-9] running");
    }

    @Test
    void tasksAreListedOnDemand() throws Exception {
      assertThat(submit("--partitions=3", "pi", "--samples=3000").exitCode()).isZero();
      browser.awaitScript(
          "document.getElementById('applications-ended-box').open = true;"
              + "const card = document.querySelector('#applications-ended .card');"
              + "if (!card) return false;"
              + "card.querySelector('.tasks').open = true;"
              + "return card.querySelectorAll('.tasks tbody tr').length === 3");
      assertThat(browser.text("#applications-ended .tasks")).contains("done", "w");
    }

    @Test
    void aWorkerThatIsKilledIsSeenDead() throws Exception {
      Launcher.Running worker = startWorker("victim");
      browser.awaitText("[data-worker=victim]", "alive");
      browser.awaitText("[data-process=victim]", "live"); // it may report after it has registered

      worker.signal("KILL");

      browser.awaitText("[data-worker=victim]", "dead");
      browser.awaitText("#events-list", "Worker is gone");
      browser.awaitText("[data-process=victim]", "silent");
      browser.awaitScript(
          "return document.getElementById('announce').textContent.includes('Worker is gone')");
    }

    @Test
    void anApplicationIsKilledByItsButton() throws Exception {
      Launcher.Running submit = submitEndless();
      String id = awaitApplication(submit);
      browser.awaitText("[data-app='" + id + "']", "running");
      browser.awaitText("#executors-rows", id);

      browser.element("[data-app='" + id + "'] .danger").click();
      browser.awaitText("#confirm", id);
      assertThat(submit.isAlive()).as("not before it is confirmed").isTrue();
      browser.element("#confirm-yes").click();

      assertThat(submit.exitCode()).isEqualTo(1);
      browser.awaitScript(
          "const e = document.querySelector(arguments[0]);"
              + "return Boolean(e && e.textContent.includes('killed'))",
          "#applications-ended [data-app='" + id + "']");
      browser.awaitScript("return document.activeElement.id === 'applications-title'");
    }

    @Test
    void aWorkerIsDecommissionedByItsButton() throws Exception {
      Launcher.Running worker = startWorker("old");
      browser.awaitText("[data-worker=old]", "alive");

      browser.element("[data-worker=old] .danger").click();
      browser.element("#confirm-yes").click();

      assertThat(worker.exitCode()).as("nothing runs there, so it ends").isZero();
      browser.awaitText("[data-worker=old]", "dead");
      browser.awaitText("[data-process=old]", "ended");
    }

    @Test
    void aBigClusterIsShownInPartsAndSearched() throws Exception {
      try (FakeMaster fake = FakeMaster.start(0, FakeMaster.big(200, 2_000))) {
        browser.open(fake.url());
        browser.awaitText("#applications-count", "2,000 running");
        browser.awaitText("#applications-more", "1,950 are hidden");
        browser.awaitText("#workers-more", "150 are hidden");
        browser.awaitText("#executors-more", "1,950 are hidden");
        assertThat(browser.script("return document.querySelectorAll('*').length"))
            .asInstanceOf(InstanceOfAssertFactories.LONG)
            .as("elements on the page")
            .isLessThan(6_000);

        browser.element("#applications-filter").sendKeys("App-1999");

        browser.awaitScript(
            "return document.querySelectorAll('#applications-running .card').length === 1");
        browser.awaitText("[data-app='app-1999']", "job 1999");
      }
    }

    @Test
    void aMasterThatIsStartedAgainIsShownWithItsOwnEvents() throws Exception {
      int port;
      try (FakeMaster before = FakeMaster.start(0, FakeMaster.big(3, 0))) {
        port = URI.create(before.url()).getPort();
        browser.open(before.url());
        browser.awaitText("#events-list", "worker-2");
        browser.script("document.querySelectorAll('#events-list li').forEach(e => e.old = true)");
      }
      try (FakeMaster after = FakeMaster.start(port, FakeMaster.big(2, 1))) {
        browser.awaitText("#events-list", "job 0");
        assertThat(browser.script("return location.href")).isEqualTo(after.url());
        assertThat(
                browser.script(
                    "return [...document.querySelectorAll('#events-list li')]"
                        + ".filter(e => e.old).map(e => e.textContent)"))
            .isEqualTo(List.of());
      }
    }

    @Test
    void aConnectionThatIsLostOrBackIsSaidAloudOnce() throws Exception {
      int port;
      try (FakeMaster before = FakeMaster.start(0, FakeMaster.big(1, 1))) {
        port = URI.create(before.url()).getPort();
        browser.open(before.url());
        browser.awaitText("#link", "Live");
        assertThat(browser.script("return document.getElementById('announce').textContent"))
            .as("what is as it should be is not said")
            .isEqualTo("");
        browser.script(
            "window.said = []; const e = document.getElementById('announce');"
                + "new MutationObserver(() => window.said.push(e.textContent))"
                + ".observe(e, {childList: true})");
      }
      browser.awaitText("#link", "Connection lost, trying again");
      try (FakeMaster after = FakeMaster.start(port, FakeMaster.big(1, 2))) {
        browser.awaitText("[data-app=app-1]", "job 1");
        browser.awaitText("#link", "Live");
        assertThat(browser.script("return window.said"))
            .isEqualTo(List.of("Connection lost, trying again", "Connected to the master"));
        assertThat(after.url()).isEqualTo(browser.script("return location.href"));
      }
    }

    @Test
    void theTasksAreAskedForByOneTimerHoweverOftenTheyAreOpened() throws Exception {
      try (FakeMaster fake = FakeMaster.start(0, FakeMaster.big(1, 1))) {
        browser.open(fake.url());
        browser.awaitText("[data-app=app-0]", "job 0");
        browser.script(
            "const set = window.setTimeout, clear = window.clearTimeout;"
                + "window.timers = new Set(); window.most = 0; window.fired = 0;"
                + "window.setTimeout = (f, ms) => {"
                + "  const id = set(() => { timers.delete(id); fired++; f(); }, ms);"
                + "  timers.add(id); most = Math.max(most, timers.size); return id; };"
                + "window.clearTimeout = (id) => { timers.delete(id); clear(id); };");
        for (int i = 0; i < 4; i++) {
          browser.script("document.querySelector('[data-app=app-0] .tasks').open = true");
          browser.awaitScript("return timers.size > 0");
          browser.script("document.querySelector('[data-app=app-0] .tasks').open = false");
        }
        browser.script("document.querySelector('[data-app=app-0] .tasks').open = true");

        browser.awaitScript("return fired >= 2");
        assertThat(browser.script("return most")).isEqualTo(1L);
      }
    }

    @Test
    void aMasterThatStandsBySaysSo() throws Exception {
      try (FakeMaster fake = FakeMaster.start(0, FakeMaster.standby())) {
        browser.open(fake.url());

        browser.awaitText("#standby", "another one leads");
        browser.awaitText("#master-state", "standby");
        assertThat(browser.text("main"))
            .doesNotContain("No worker has come yet", "Nothing is running");
      }
      browser.open(page.toString());
      assertThat(browser.script("return document.getElementById('standby').hidden"))
          .isEqualTo(true);
    }

    @Test
    void aDriverIsKilledByItsButton() throws Exception {
      String id = submitDriver();
      browser.awaitText("[data-driver='" + id + "']", "running");

      browser.element("[data-driver='" + id + "'] .danger").click();
      browser.element("#confirm-yes").click();

      browser.awaitText("[data-driver='" + id + "']", "killed");
      browser.awaitScript("return document.activeElement.id === 'drivers-title'");
    }

    @Test
    void whyADriverFailedIsThereAsText() throws Exception {
      HttpResponse<String> response =
          post("/api/drivers", token, "{\"mainClass\": \"io.rpcenv.NoSuchClass\"}");
      assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
      String row =
          "[data-driver='" + JSON.readTree(response.body()).path("id").stringValue() + "']";

      browser.awaitText(row, "failed");

      browser.awaitText(row + " .error", "exit code 1");
    }

    @Test
    void theLogOfAnExecutorIsRead() throws Exception {
      Launcher.Running submit = submitEndless();
      String id = awaitApplication(submit);
      String process = "[data-process^='" + id + "/']";
      browser.awaitText(process, "live");

      browser.element(process + " .head button").click();

      browser.awaitText("#logs-text", "Executor " + id);
      assertThat(post("/api/applications/" + id + "/kill", token).statusCode()).isEqualTo(200);
      assertThat(submit.exitCode()).isEqualTo(1);
    }

    @Test
    void PLG_06_theMetricsOfAPluginAreInTheCardOfItsProcess() throws Exception {
      Launcher.Running submit = submitEndless("--plugins", PLUGIN);
      String id = awaitApplication(submit);
      String metrics = "[data-process^='" + id + "/'] .plugins";
      browser.awaitText(metrics, "Plugin metrics");

      browser.element(metrics + " summary").click();

      browser.awaitText(metrics, "plugin." + PLUGIN + ".begun");
      browser.awaitScript(
          "return document.querySelector(arguments[0] + ' dd').textContent === '1'", metrics);
      assertThat(
              browser.script("return document.querySelector('[data-process=w1] .plugins').hidden"))
          .as("where no plugin runs")
          .isEqualTo(true);
      browser.width(360);
      assertThat(
              browser.script(
                  "const e = document.documentElement; return e.scrollWidth - e.clientWidth"))
          .isEqualTo(0L);
      assertThat(post("/api/applications/" + id + "/kill", token).statusCode()).isEqualTo(200);
      assertThat(submit.exitCode()).isEqualTo(1);
    }

    @Test
    void withoutTheTokenTheButtonSaysSoAndNothingChanges() throws Exception {
      browser.forgetToken();
      browser.open(page.toString());
      Launcher.Running submit = submitEndless();
      String id = awaitApplication(submit);
      browser.awaitText("[data-app='" + id + "']", "running");

      browser.element("[data-app='" + id + "'] .danger").click();
      browser.awaitText("#confirm", "This needs the token that the master printed");
      browser.element("#confirm-yes").click();
      browser.awaitText("#confirm-error", "Without the token nothing can be changed.");
      browser.element("#confirm-token-input").sendKeys("a wrong one");
      browser.element("#confirm-yes").click();
      browser.awaitText("#confirm-error", "The master does not accept this token.");
      assertThat(submit.isAlive()).isTrue();

      WebElement input = browser.element("#confirm-token-input");
      input.clear();
      input.sendKeys(token, Keys.ENTER);
      assertThat(submit.exitCode()).as("with the token it works").isEqualTo(1);
    }

    @Test
    void everythingIsReachedByKeyboard() {
      browser.awaitText("[data-worker=w1]", "alive");
      browser.tabTo(".skip", 1);
      browser.press(Keys.ENTER);
      browser.tabTo("[data-worker=w1] button", 20);
      assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
          .as("the focus is visible")
          .isEqualTo("solid");

      browser.press(Keys.ENTER);
      browser.awaitScript("return document.getElementById('confirm').open");
      assertThat(browser.hasFocus("#confirm-no")).as("what harms is not the first choice").isTrue();
      browser.press(Keys.ESCAPE);

      browser.awaitScript("return !document.getElementById('confirm').open");
      assertThat(browser.hasFocus("[data-worker=w1] button")).as("back where it was").isTrue();
      browser.tabTo("[data-worker=w2] button", 2);
      browser.press(Keys.ENTER);
      browser.awaitScript("return document.getElementById('confirm').open");
      browser.script("document.querySelector('[data-worker=w2] button').remove()");
      browser.press(Keys.ESCAPE);
      // The button is no longer there to have the focus back: its section has it.
      browser.awaitScript("return document.activeElement.id === 'workers-title'");
      browser.tabTo("[data-process=w1] button", 60);
      browser.press(Keys.ENTER);
      browser.awaitText("#logs-text", "registered");
      browser.press(Keys.ESCAPE);
      browser.awaitScript("return !document.getElementById('logs').open");
    }

    @Test
    void everythingHasANameForScreenReaders() {
      browser.awaitText("[data-process=w1]", "Messages per second");
      assertThat(
              browser.script(
                  "return [...document.querySelectorAll('button, input, select, [role=img],"
                      + " [role=progressbar], dialog, section, nav, table')].filter(e =>"
                      + " !(e.getAttribute('aria-label')"
                      + "   || document.getElementById(e.getAttribute('aria-labelledby'))"
                      + "   || e.labels?.length || e.querySelector('caption')?.textContent"
                      + "   || (e.matches('button') && (e.hidden || e.textContent.trim()))"
                      + "   || e.id === 'confirm-yes'))"
                      + ".map(e => e.outerHTML)"))
          .isEqualTo(List.of());
      assertThat(browser.script("return document.documentElement.lang")).isEqualTo("en");
      assertThat(browser.script("return document.querySelectorAll('h1').length")).isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280})
    void nothingIsWiderThanTheScreen(int width) {
      browser.awaitText("[data-process=w1]", "Messages per second");
      browser.width(width);
      browser.awaitScript("return window.innerWidth === arguments[0]", width);

      assertThat(
              browser.script(
                  "const e = document.documentElement; return e.scrollWidth - e.clientWidth"))
          .isEqualTo(0L);
      browser.element("[data-worker=w1] button").click();
      assertThat(browser.script("return document.getElementById('confirm').scrollWidth"))
          .asInstanceOf(InstanceOfAssertFactories.LONG)
          .isLessThanOrEqualTo(width);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textIsLegibleInEitherScheme(String scheme) {
      browser.scheme(scheme);
      browser.awaitText("[data-process=w1]", "Messages per second");

      double background = luminance("body", "backgroundColor");
      assertThat(background).isCloseTo(scheme.equals("light") ? 0.95 : 0.0, within(0.1));
      for (String selector :
          List.of(
              "h1",
              ".sub",
              ".jump a",
              ".chip",
              ".count",
              ".facts",
              "th",
              ".danger",
              "time",
              "summary",
              ".scale",
              "#link",
              "figcaption span",
              "footer p")) {
        assertThat(contrast(selector)).as("contrast of %s", selector).isGreaterThanOrEqualTo(4.5);
      }
    }

    private double luminance(String selector, String property) {
      return ((Number)
              browser.script(
                  COLOURS
                      + "return luminance(getComputedStyle(document.querySelector("
                      + "arguments[0]))[arguments[1]])",
                  selector,
                  property))
          .doubleValue();
    }

    /** Returns the least contrast of what a selector finds, as WCAG 2 defines it. */
    private double contrast(String selector) {
      return ((Number)
              browser.script(
                  COLOURS
                      + "return Math.min(...[...document.querySelectorAll(arguments[0])]"
                      + ".filter(e => e.checkVisibility()).map(contrast))",
                  selector))
          .doubleValue();
    }

    private static final String COLOURS =
        """
        const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
        const linear = (c) => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
        const luminance = (colour) => {
          const [r, g, b] = channels(colour).map(linear);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const background = (e) => {
          for (; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (channels(colour)[3] !== 0) return colour;
          }
          return 'rgb(255, 255, 255)';
        };
        const contrast = (e) => {
          const a = luminance(getComputedStyle(e).color), b = luminance(background(e));
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        };
        """;
  }

  private Launcher.Running startWorker(String name) throws Exception {
    return launcher.start("worker", "--name", name, "--cores=1", "--master", master);
  }

  /** Submits a job that would take very long. */
  private Launcher.Running submitEndless(String... options) throws Exception {
    List<String> job = new ArrayList<>(List.of(options));
    job.addAll(List.of("--partitions=8", "pi", "--samples=9000000000000000"));
    return submit(job.toArray(new String[0]));
  }

  private Launcher.Running submit(String... job) throws Exception {
    List<String> command = new ArrayList<>(List.of("submit", "--master", master));
    command.addAll(List.of(job));
    return launcher.start(command.toArray(new String[0]));
  }

  /** Waits until the only running application has a task that runs; returns its id. */
  private String awaitApplication(Launcher.Running submit) throws Exception {
    submit.awaitLine("is running");
    return awaitRunning();
  }

  /** Waits for an application that runs; returns its id. */
  private String awaitRunning() throws Exception {
    return await("/api/applications", apps -> find(apps, "state", "RUNNING"::equals))
        .path("id")
        .stringValue();
  }

  private void awaitState(String path, String state) throws Exception {
    var unused =
        await(
            path,
            one ->
                Stream.of(one, one.path("application"))
                    .filter(o -> o.path("state").stringValue("").equals(state))
                    .findFirst());
  }

  /** Waits for a process that reports itself. */
  private void awaitProcess(String name) throws Exception {
    var unused = await("/api/processes", all -> find(all, "name", n -> n.startsWith(name)));
  }

  /** Waits until a metric of {@link #PLUGIN} counts, in a process whose name begins so. */
  private void awaitMetric(String process, String metric) throws Exception {
    String name = "plugin." + PLUGIN + "." + metric;
    var unused =
        await(
            "/api/processes",
            all ->
                all.valueStream()
                    .filter(one -> one.path("name").stringValue("").startsWith(process))
                    .filter(one -> one.path("pluginMetrics").path(name).intValue(0) > 0)
                    .findFirst());
  }

  private static Optional<JsonNode> find(JsonNode all, String field, Predicate<String> value) {
    return all.valueStream().filter(one -> value.test(one.path(field).stringValue(""))).findFirst();
  }

  /** Reads a log of one of the workers. */
  private String readLog(String name) throws Exception {
    JsonNode worker =
        await(
            "/api/processes",
            all ->
                all.valueStream()
                    .filter(
                        one ->
                            one.path("logs")
                                .valueStream()
                                .anyMatch(log -> log.stringValue().equals(name)))
                    .findFirst());
    return get(
        "/api/processes/"
            + worker.path("id").stringValue()
            + "/logs/"
            + URLEncoder.encode(name, StandardCharsets.UTF_8));
  }

  private String get(String path) throws Exception {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(page.resolve(path)).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  /** Asks until what is wanted is there. */
  private JsonNode await(String path, Function<JsonNode, Optional<JsonNode>> wanted)
      throws Exception {
    long start = System.nanoTime();
    while (true) {
      String body = get(path);
      Optional<JsonNode> found = wanted.apply(JSON.readTree(body));
      if (found.isPresent()) {
        return found.get();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("%s says %s", path, body)
          .isLessThan(LONGEST_WAIT);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Has a driver run on a worker that would take very long; returns its id. */
  private String submitDriver() throws Exception {
    String driver =
        """
        {"mainClass": "io.rpcenv.examples.cluster.driver.SubmitMain",
         "arguments": ["--master", "%s", "pi", "--samples=9000000000000000"]}
        """
            .formatted(master);
    HttpResponse<String> response = post("/api/drivers", token, driver);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return JSON.readTree(response.body()).path("id").stringValue();
  }

  private HttpResponse<String> post(String path, String shown) throws Exception {
    return post(path, shown, "{}");
  }

  private HttpResponse<String> post(String path, String shown, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(page.resolve(path))
            .header("Authorization", "Bearer " + shown)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
