// What stands on the page that says that there is no such page, in both languages, since the address does not tell which is read.

export const missingPage = {
  title: '没有这一页 · No such page',
  description: '梧桐没有这一页。Wutong has no such page.',
  html: `<main class="missing-page">
<h1>没有这一页</h1>
<p>网址可能打错了一个字，也可能这一页搬走了。</p>
<p><a href="/">回到计算器</a></p>
<div lang="en">
<h2>No such page</h2>
<p>The address may hold a slip, or the page has moved.</p>
<p><a href="/en/">To the calculator</a></p>
</div>
</main>`,
};
