// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The files of the page, which come with this package. Immutable. */
final class Assets {

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";
  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", HTML,
          "style.css", CSS,
          "icon.svg", SVG,
          "app.js", SCRIPT,
          "actions.js", SCRIPT,
          "charts.js", SCRIPT,
          "dom.js", SCRIPT,
          "logs.js", SCRIPT,
          "views.js", SCRIPT);

  private final Map<String, Asset> byPath = new TreeMap<>();

  /**
   * A file.
   *
   * @param type its content type
   * @param etag changes with its content
   * @param bytes its content, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Asset(String type, String etag, byte[] bytes) {}

  Assets() {
    TYPES.forEach((name, type) -> byPath.put("/" + name, load(name, type)));
    Asset page = byPath.remove("/index.html");
    if (page != null) {
      byPath.put("/", page);
    }
  }

  Optional<Asset> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private static Asset load(String name, String type) {
    try (InputStream in = Assets.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("page/" + name + " is missing beside " + Assets.class);
      }
      byte[] bytes = in.readAllBytes();
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return new Asset(type, "\"" + Long.toHexString(crc.getValue()) + "\"", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
