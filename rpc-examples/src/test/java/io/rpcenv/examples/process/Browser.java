// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A real Chromium without a window, and what a test wants to know of the page in it. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 20_000_000;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; without Chromium the test is skipped, and says so. */
  static Browser start(Path profile) {
    Optional<File> chromium = find("chromium", "chromium-browser", "google-chrome");
    Optional<File> chromedriver = find("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "ALLOWED-SKIP: there is no Chromium with its chromedriver in the PATH"
            + " (Debian: apt-get install chromium chromium-driver)");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-extensions",
        "--disable-background-networking",
        "--no-first-run",
        "--window-size=1280,1000",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<File> find(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }

  /** Opens an address; waits until the page shows the cluster. */
  void open(String url) {
    driver.get("about:blank");
    driver.get(url);
    awaitScript("return document.documentElement.dataset.ready === 'true'");
  }

  /** Empties what the tab keeps. */
  void forgetToken() {
    script("sessionStorage.clear()");
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until a script returns true. */
  void awaitScript(String script, Object... arguments) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Boolean.TRUE.equals(script(script, arguments))) {
      assertThat(System.nanoTime())
          .as("%s %s; the page says: %s", script, List.of(arguments), text("body"))
          .isLessThan(deadline);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Waits until the visible text of the first element that a selector finds holds something. */
  void awaitText(String selector, String text) {
    awaitScript(
        "const e = document.querySelector(arguments[0]);"
            + "return Boolean(e && e.checkVisibility() && e.innerText.includes(arguments[1]))",
        selector,
        text);
  }

  String text(String selector) {
    return String.valueOf(
        script(
            "const e = document.querySelector(arguments[0]); return e ? e.innerText : null",
            selector));
  }

  WebElement element(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Presses keys, one after the other, where the focus is. */
  void press(CharSequence... keys) {
    for (CharSequence key : keys) {
      new Actions(driver).sendKeys(key).perform();
    }
  }

  /** Presses the tabulator until the focus is on what a selector finds; at most so many times. */
  void tabTo(String selector, int atMost) {
    for (int i = 0; i < atMost; i++) {
      press(Keys.TAB);
      if (hasFocus(selector)) {
        return;
      }
    }
    assertThat(hasFocus(selector)).as("%s within %d tabulators", selector, atMost).isTrue();
  }

  boolean hasFocus(String selector) {
    return Boolean.TRUE.equals(
        script(
            "return Boolean(document.activeElement && document.activeElement.matches(arguments[0]))",
            selector));
  }

  void width(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
  }

  void scheme(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
