// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Holds the packages to one direction: internal, then transport, serialization, and the API last.
 */
@Timeout(60)
class ArchitectureTest {

  private static final String API = "io.rpcenv";
  private static final String SERIALIZATION = "io.rpcenv.serialization";
  private static final String TRANSPORT = "io.rpcenv.transport";
  private static final String DISPATCH = "io.rpcenv.internal.dispatch..";
  private static final String OUTBOUND = "io.rpcenv.internal.outbound..";
  private static final String ENV = "io.rpcenv.internal.env..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages(API);

  @Test
  void thereIsNoPackageCycle() {
    slices()
        .matching("(io.rpcenv..)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theApiImportsNothingOfOurs() {
    importsNoneOf(API, "io.rpcenv.*..");
  }

  @Test
  void serializationImportsOnlyTheApi() {
    importsNoneOf(SERIALIZATION, TRANSPORT + "..", "io.rpcenv.plugin..", "io.rpcenv.internal..");
  }

  @Test
  void transportImportsOnlyTheApiAndSerialization() {
    importsNoneOf(TRANSPORT, "io.rpcenv.plugin..", "io.rpcenv.internal..");
  }

  @Test
  void dispatchImportsNeitherEnvNorOutbound() {
    importsNoneOf(DISPATCH, ENV, OUTBOUND);
  }

  @Test
  void outboundDoesNotImportEnv() {
    importsNoneOf(OUTBOUND, ENV);
  }

  @Test
  void filesImportNeitherEnvNorOutbound() {
    importsNoneOf("io.rpcenv.internal.files..", ENV, OUTBOUND);
  }

  @Test
  void nothingImportsANetworkLibraryOrAConcreteSerializer() {
    importsNoneOf("io.rpcenv..", "io.netty..", "com.esotericsoftware..", "io.rpcenv.netty..");
  }

  @Test
  void thereIsNoStaticMutableField() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .because("many envs live in one JVM, without global state")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static void importsNoneOf(String from, String... packages) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
