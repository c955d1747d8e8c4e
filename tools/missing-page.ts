// What stands on the pages that say that there is no such page, or no network, in both languages, since it is not known which is read.

export const missingPage = {
  title: '没有这一页 · No such page',
  description: '梧桐没有这一页。Wutong has no such page.',
  html: `<main class="missing-page">
<h1>没有这一页</h1>
<p>网址可能打错了一个字，也可能这一页搬走了。</p>
<p><a href="/">回到计算器</a>，或者<a href="/menu">在待遇菜单里找</a></p>
<div lang="en">
<h2>No such page</h2>
<p>The address may hold a slip, or the page has moved.</p>
<p><a href="/en/">To the calculator</a>, or <a href="/en/menu">to the menu of benefits</a></p>
</div>
</main>`,
};

/** For a page of the manual that is asked for without a network: it exists, and is not kept on the device. */
export const offlinePage = {
  title: '没有网络 · No network',
  description: '没有网络，这一页打不开。There is no network, and this page is not kept on the device.',
  html: `<main class="missing-page">
<h1>没有网络</h1>
<p>手册的页面没有存下来，连上网再看。计算器不用网也能用。</p>
<p><a href="/">打开计算器</a></p>
<div lang="en">
<h2>No network</h2>
<p>The pages of the manual are not kept; look again once you are online. The calculator works without a network.</p>
<p><a href="/en/">To the calculator</a></p>
</div>
</main>`,
};
